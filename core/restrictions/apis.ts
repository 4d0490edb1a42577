import type { ApiRestriction } from "./types.ts";

/** Whether `operation` equals `pattern` or, if the pattern ends in `*`, starts with the text before it. Case-sensitive. */
export function matchesOperation(pattern: string, operation: string): boolean {
  const prefixLength = pattern.length - 1;
  if (pattern[prefixLength] !== "*") return operation === pattern;
  // Runs in every check, so it creates no text.
  if (operation.length < prefixLength) return false;
  for (let at = 0; at < prefixLength; at++) {
    if (operation.charCodeAt(at) !== pattern.charCodeAt(at)) return false;
  }
  return true;
}

/** What a key may do with an API. */
export interface CompiledApi {
  /** Operation patterns; an empty list allows every operation. */
  readonly operations: readonly string[];
  /** The scopes that the key has; null for all of them. */
  readonly scopes: HeldScopes | null;
}

export interface HeldScopes {
  /** Sorted. */
  readonly list: readonly string[];
  readonly set: ReadonlySet<string>;
}

/** What a key may do with each API, by slug. Null if every API may be called. */
export type CompiledApis = ReadonlyMap<string, CompiledApi> | null;

/**
 * Compiles a list of APIs. Entries for the same API are combined; an entry without operations allows all of them.
 * Throws `RangeError` if they have different scopes: a combination would allow more than each of them.
 */
export function compileApis(entries: readonly ApiRestriction[]): CompiledApis {
  if (entries.length === 0) return null;
  const bySlug = new Map<string, { operations: string[]; scopes: HeldScopes | null }>();
  for (const { api, operations, scopes } of entries) {
    const known = bySlug.get(api);
    if (known === undefined) {
      bySlug.set(api, { operations: [...operations], scopes: compileHeldScopes(scopes) });
      continue;
    }
    if (scopesText(known.scopes?.list) !== scopesText(scopes)) {
      throw new RangeError("several entries for one API with different scopes");
    }
    if (known.operations.length === 0 || operations.length === 0) known.operations = [];
    else known.operations.push(...operations);
  }
  return bySlug;
}

function compileHeldScopes(scopes: readonly string[] | undefined): HeldScopes | null {
  if (scopes === undefined) return null;
  // A set that was written by hand or by a newer version must not mean "all scopes".
  if (!Array.isArray(scopes)) throw new RangeError("scopes must be a list");
  if (scopes.length === 0) return null;
  const set = new Set(scopes);
  return { list: [...set].sort(), set };
}

/** Equal for lists with the same scopes. */
export function scopesText(scopes: readonly string[] = []): string {
  return JSON.stringify([...new Set(scopes)].sort());
}
