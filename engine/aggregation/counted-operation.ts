import { redactTokens } from "#core/tokens.ts";
import type { ApiFacts } from "../cache/compile-facts.ts";

/** The most operations counted for an API that lists none. */
const MAX_NAMES = 200;
const MAX_NAME_LENGTH = 200;

const seen = new WeakMap<ApiFacts, Set<string>>();

/**
 * The operation under which a check is counted. Operations that the API does not list are counted as "", so that a
 * service that puts ids into the name can't fill the database. For an API that lists none, the first names are counted.
 */
export function countedOperation(api: ApiFacts, operation: string | null): string {
  if (operation === null || operation.length > MAX_NAME_LENGTH || /\p{Cc}/u.test(operation)) return "";
  if (api.operations.size > 0) return api.operations.has(operation) ? operation : "";
  if (redactTokens(operation) !== operation) return "";
  const names = seen.get(api) ?? new Set<string>();
  seen.set(api, names);
  if (!names.has(operation) && names.size >= MAX_NAMES) return "";
  names.add(operation);
  return operation;
}
