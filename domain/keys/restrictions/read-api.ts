import { plural } from "#core/format.ts";
import { matchesOperation } from "#core/restrictions/apis.ts";
import { invalidEntry, type Reading, visible, withInvisibleNotice } from "#core/restrictions/reading.ts";
import type { ApiRestriction } from "#core/restrictions/types.ts";

/**
 * Parses an API entry. `known` are the API's operations, undefined if the project has not enabled it. Entries in
 * `before` may stay, operation by operation. An error in one operation names its position.
 */
export function readApi(
  { api, operations: written }: ApiRestriction,
  known: string[] | undefined,
  before: readonly ApiRestriction[],
): Reading<ApiRestriction> {
  const operations = written.map(visible);
  return withInvisibleNotice(readVisibleApi({ api, operations }, known, before), ...written);
}

function readVisibleApi(
  { api, operations }: ApiRestriction,
  known: string[] | undefined,
  before: readonly ApiRestriction[],
): Reading<ApiRestriction> {
  const entry = { api, operations: [...new Set(operations)].sort() };
  const good: Reading<ApiRestriction> = {
    ok: true,
    entry,
    text: entry.operations.length === 0 ? api : `${api}: ${entry.operations.join(", ")}`,
    meaning: meaningOf(entry),
    notices: [],
  };
  const had = before.filter((one) => one.api === api);
  const stays = new Set(had.flatMap((one) => one.operations));
  const isWhole = operations.length === 0;
  if (isWhole ? had.some((one) => one.operations.length === 0) : operations.every((one) => stays.has(one))) {
    return good;
  }
  if (known === undefined) return { ...invalidEntry("api-unknown"), at: "api" };
  for (const [at, pattern] of operations.entries()) {
    if (stays.has(pattern)) continue;
    const code = faultOf(pattern, known);
    if (code) return { ...invalidEntry(code), at: `operations.${at}` };
  }
  return good;
}

function faultOf(pattern: string, known: string[]) {
  if (pattern.trim() === "") return "operation-empty";
  if (/[\s\p{Cc}]/u.test(pattern)) return "operation-space";
  if (/\*./.test(pattern)) return "operation-star";
  // An API that lists no operations accepts any.
  const matches = known.length === 0 || known.some((name) => matchesOperation(pattern, name));
  return matches ? null : "operation-unknown";
}

function meaningOf({ api, operations }: ApiRestriction): string {
  if (operations.length === 0) return `Every operation of ${api}.`;
  const [first, ...others] = operations;
  if (others.length === 0) return `${first} of ${api}.`;
  return `${first} and ${plural(others.length, "other")} of ${api}.`;
}
