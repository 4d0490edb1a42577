import { redactTokens } from "#core/tokens.ts";
import type { ApiFacts } from "../cache/load-facts.ts";

/** Names kept apart for an API whose catalogue entry lists none. */
const NAMES_MOST = 200;
const NAME_LENGTH_MOST = 200;

const seen = new WeakMap<ApiFacts, Set<string>>();

/**
 * The operation under which a check is counted: one that the catalogue knows, else none, so that a service
 * that puts an id into the name can't fill the database. An API without a list has its first names kept.
 */
export function countedOperation(api: ApiFacts, operation: string | null): string {
  if (operation === null || operation.length > NAME_LENGTH_MOST || /\p{Cc}/u.test(operation)) return "";
  if (api.operations.size > 0) return api.operations.has(operation) ? operation : "";
  if (redactTokens(operation) !== operation) return "";
  const names = seen.get(api) ?? new Set<string>();
  seen.set(api, names);
  if (!names.has(operation) && names.size >= NAMES_MOST) return "";
  names.add(operation);
  return operation;
}
