import type { ActionFailure } from "#domain/result.ts";

export interface FormErrors {
  /** Messages by the name of the field that shows them. */
  fields: Record<string, string[]>;
  /** What no field on the page can show; null when every fault has its field. */
  form: string | null;
}

/**
 * Gives each fault to the field that asked for that value: the one named like its path, or else the one
 * named like the nearest part above it (`restrictions.apis.0.api` to `restrictions.apis`).
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
