import type { ApiRestriction } from "./types.ts";

/** Does `operation` fall under `pattern`: exact, or a prefix where the pattern ends in `*`? Case matters. */
export function matchesOperation(pattern: string, operation: string): boolean {
  return pattern.endsWith("*") ? operation.startsWith(pattern.slice(0, -1)) : operation === pattern;
}

/** An API list compiled for the check: slug to operation patterns. Null when every API may be called. */
export type CompiledApis = ReadonlyMap<string, readonly string[]> | null;

/** Several entries for one API add up (OR inside a kind); one of them without operations opens all of it. */
export function compileApis(entries: readonly ApiRestriction[]): CompiledApis {
  if (entries.length === 0) return null;
  const compiled = new Map<string, string[]>();
  for (const { api, operations } of entries) {
    const known = compiled.get(api);
    if (!known) compiled.set(api, [...operations]);
    else if (known.length === 0 || operations.length === 0) compiled.set(api, []);
    else known.push(...operations);
  }
  return compiled;
}
