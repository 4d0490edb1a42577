import { isScopeName } from "#core/api-scopes/required.ts";
import { plural } from "#core/format.ts";
import { matchesOperation } from "#core/restrictions/apis.ts";
import {
  invalidEntry,
  type ParsedEntry,
  visible,
  withInvisibleNotice,
} from "#core/restrictions/parsed-entry.ts";
import { apiText } from "#core/restrictions/split-entries.ts";
import type { ApiRestriction } from "#core/restrictions/types.ts";
import type { KnownApi } from "./known-apis.ts";

/**
 * Parses an API entry. `known` is undefined if the project has not enabled the API. Entries in `before` may stay,
 * operation by operation and scope by scope. An error in one of these names its position.
 */
export function readApiEntry(
  { api, operations: written, scopes: writtenScopes = [] }: ApiRestriction,
  known: KnownApi | undefined,
  before: readonly ApiRestriction[],
): ParsedEntry<ApiRestriction> {
  const [operations, scopes] = [written.map(visible), writtenScopes.map(visible)];
  const parsed = readVisibleApi({ api, operations, scopes }, known, before);
  return withInvisibleNotice(parsed, ...written, ...writtenScopes);
}

function readVisibleApi(
  { api, operations, scopes }: Required<ApiRestriction>,
  known: KnownApi | undefined,
  before: readonly ApiRestriction[],
): ParsedEntry<ApiRestriction> {
  const entry: ApiRestriction = {
    api,
    operations: [...new Set(operations)].sort(),
    ...(scopes.length > 0 && { scopes: [...new Set(scopes)].sort() }),
  };
  const good: ParsedEntry<ApiRestriction> = {
    ok: true,
    entry,
    text: apiText(entry),
    meaning: meaningOf(entry),
    notices: [],
  };
  const had = before.filter((one) => one.api === api);
  const stays = new Set(had.flatMap((one) => one.operations));
  const scopesStay = new Set(had.flatMap((one) => one.scopes ?? []));
  const isWhole = operations.length === 0;
  const operationsStay = isWhole
    ? had.some((one) => one.operations.length === 0)
    : operations.every((one) => stays.has(one));
  if (operationsStay && scopes.every((scope) => scopesStay.has(scope))) return good;
  if (known === undefined) return { ...invalidEntry("api-unknown"), at: "api" };
  for (const [at, pattern] of operations.entries()) {
    if (stays.has(pattern)) continue;
    const code = operationErrorCode(pattern, known.operations);
    if (code) return { ...invalidEntry(code), at: `operations.${at}` };
  }
  for (const [at, scope] of scopes.entries()) {
    if (scopesStay.has(scope)) continue;
    const code = scopeErrorCode(scope, known.scopes);
    if (code) return { ...invalidEntry(code), at: `scopes.${at}` };
  }
  return good;
}

function scopeErrorCode(scope: string, known: string[]) {
  if (scope.trim() === "") return "scope-empty";
  if (!isScopeName(scope)) return "scope-name";
  if (known.length === 0) return "scope-none";
  return known.includes(scope) ? null : "scope-unknown";
}

function operationErrorCode(pattern: string, known: string[]) {
  if (pattern.trim() === "") return "operation-empty";
  if (/[\s\p{Cc}]/u.test(pattern)) return "operation-space";
  if (/\*./.test(pattern)) return "operation-star";
  // An API that lists no operations accepts any.
  const matches = known.length === 0 || known.some((name) => matchesOperation(pattern, name));
  return matches ? null : "operation-unknown";
}

function meaningOf({ api, operations, scopes = [] }: ApiRestriction): string {
  const called = operations.length === 0 ? "Every operation" : firstAndOthers(operations);
  if (scopes.length === 0) return `${called} of ${api}.`;
  return `${called} of ${api} that needs no other scope than ${firstAndOthers(scopes)}.`;
}

function firstAndOthers([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${plural(others.length, "other")}`;
}
