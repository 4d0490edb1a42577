import type { ActionFailure } from "#domain/errors.ts";
import { shownEntry } from "./entries.ts";

export interface FormErrors {
  /** Messages by the name of the field that shows them. */
  fields: Record<string, string[]>;
  /** Messages that no field on the page can show; null when every error has a field. */
  form: string | null;
}

/**
 * Assigns each error to the field with the name of its path, or else to the nearest field above it:
 * `restrictions.apis.0.api` to `restrictions.apis`. `entriesOf`: the entries of a field that takes several in one text,
 * whose errors name the entry.
 */
export function placeErrors(
  failure: ActionFailure,
  fieldNames: ReadonlySet<string>,
  entriesOf: (field: string) => readonly string[] = () => [],
): FormErrors {
  const fields: Record<string, string[]> = {};
  const rest: string[] = [];
  for (const { path, message } of failure.errors) {
    const name = nearest(path, fieldNames);
    if (name === null) rest.push(message);
    else {
      const entry = entriesOf(name)[Number(path.slice(name.length + 1) || Number.NaN)];
      const shown = entry === undefined ? message : `${shownEntry(entry)}: ${message}`;
      fields[name] = [...(fields[name] ?? []), shown];
    }
  }
  if (failure.errors.length === 0) rest.push(failure.message);
  return { fields, form: rest.length > 0 ? rest.join(" ") : null };
}

function nearest(path: string, names: ReadonlySet<string>): string | null {
  for (let at = path; at; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    if (names.has(at)) return at;
  }
  return null;
}
