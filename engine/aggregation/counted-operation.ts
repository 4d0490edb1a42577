import { redactTokens } from "#core/tokens.ts";
import type { ApiFacts } from "../cache/compile-facts.ts";

/** Maximum number of operations counted for an API that lists none. */
const MAX_NAMES = 200;
const MAX_NAME_LENGTH = 200;

/**
 * The operation of calls of an API with plans that are counted as no listed one, because their path or name is unknown.
 * No operation has this name. Calls without path and name are counted as "".
 */
export const UNLISTED = "*";

/** Those that were counted. */
const seen = new WeakMap<ApiFacts, Set<string>>();

/**
 * The operation under which a check is counted. Operations that the API does not list are counted as "", so that a
 * service that puts ids into the name can't fill the database. For an API that lists none, the first names are counted.
 */
export function countedOperation(api: ApiFacts, operation: string | null): string {
  if (operation === null) return "";
  if (api === last.api && operation === last.operation) return operation;
  const counted = nameOf(api, operation);
  if (counted !== "") last = { api, operation };
  return counted;
}

/** The last operation that was counted under its name: many checks are about the same operation as the one before. */
let last: { api: ApiFacts | null; operation: string } = { api: null, operation: "" };

function nameOf(api: ApiFacts, operation: string): string {
  const names = seen.get(api);
  if (names?.has(operation)) return operation;
  if (operation.length > MAX_NAME_LENGTH || /\p{Cc}/u.test(operation)) return "";
  const isListed = api.operations.has(operation);
  if (!isListed && api.operations.size > 0) return "";
  if (!isListed && (redactTokens(operation) !== operation || (names?.size ?? 0) >= MAX_NAMES)) return "";
  if (names) names.add(operation);
  else seen.set(api, new Set([operation]));
  return operation;
}
