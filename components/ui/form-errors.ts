import type { ActionFailure } from "#domain/errors.ts";

export interface FormErrors {
  /** Messages by the name of the field that shows them. */
  fields: Record<string, string[]>;
  /** Messages that no field on the page can show; null when every error has a field. */
  form: string | null;
}

/**
 * Assigns each error to the field with the name of its path, or else to the nearest field above it:
 * `restrictions.apis.0.api` to `restrictions.apis`.
 */
export function placeErrors(failure: ActionFailure, fieldNames: ReadonlySet<string>): FormErrors {
  const fields: Record<string, string[]> = {};
  const rest: string[] = [];
  for (const { path, message } of failure.errors) {
    const name = nearest(path, fieldNames);
    if (name === null) rest.push(message);
    else fields[name] = [...(fields[name] ?? []), message];
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
