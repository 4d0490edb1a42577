import type { ApiRestriction } from "../restrictions/types.ts";
import { meetsRequired, type RequiredScopes } from "./required.ts";

/** Methods that only read (RFC 9110, section 9.2.1, and QUERY). A key never needs TRACE. */
const READS = new Set(["GET", "HEAD", "OPTIONS", "QUERY"]);
/** Maximum number of names in the list. Nobody reviews a longer one. */
const MAX_OPERATIONS = 200;

export interface CallableOperation {
  name: string;
  /** Null if it is not known. */
  method: string | null;
  requiredScopes: RequiredScopes | null;
}

/**
 * The entry that lets a key only read an API: by scopes if these separate reading from writing, else by the names of
 * the operations that read. Null if neither is known.
 */
export function readOnlyEntry(api: string, operations: readonly CallableOperation[]): ApiRestriction | null {
  const reads = operations.filter(({ method }) => method !== null && READS.has(method));
  const writes = operations.filter(({ method }) => method === null || !READS.has(method));
  if (reads.length === 0 || writes.length === 0) return null;
  const scopes = scopesFor(reads.map(({ requiredScopes }) => requiredScopes));
  if (scopes.length > 0) {
    const held = new Set(scopes);
    const mayWrite = writes.some(
      ({ requiredScopes }) => requiredScopes === null || meetsRequired(requiredScopes, held),
    );
    if (!mayWrite) return { api, operations: [], scopes };
  }
  const names = reads.map(({ name }) => name).sort();
  if (names.length > MAX_OPERATIONS) return null;
  // A name that ends in a star would be a pattern.
  return names.every((name) => !name.endsWith("*")) ? { api, operations: names } : null;
}

/**
 * Few scopes that meet all of the requirements, sorted: for each, the alternative that adds the fewest. `allowed`
 * limits the choice. Requirements that can't be met with these are left out.
 */
export function scopesFor(
  required: readonly (RequiredScopes | null)[],
  allowed: ReadonlySet<string> | null = null,
): string[] {
  const chosen = new Set<string>();
  const distinct = [...new Map(required.map((one) => [JSON.stringify(one), one])).values()];
  // Requirements without a choice first, so that the others can use their scopes.
  for (const alternatives of distinct.sort((a, b) => (a?.length ?? 0) - (b?.length ?? 0))) {
    if (alternatives === null) continue;
    const possible = alternatives.filter((all) => allowed === null || all.every((one) => allowed.has(one)));
    const costs = possible.map((all) => all.filter((scope) => !chosen.has(scope)));
    const cheapest = costs.sort((a, b) => a.length - b.length)[0];
    for (const scope of cheapest ?? []) chosen.add(scope);
  }
  return [...chosen].sort();
}
