import type { ApiRestriction } from "./types.ts";

/** Whether `operation` equals `pattern` or, if the pattern ends in `*`, starts with the text before it. Case-sensitive. */
export function matchesOperation(pattern: string, operation: string): boolean {
  return pattern.endsWith("*") ? operation.startsWith(pattern.slice(0, -1)) : operation === pattern;
}

/** Operation patterns by API slug; an empty list allows every operation. Null if every API may be called. */
export type CompiledApis = ReadonlyMap<string, readonly string[]> | null;

/** Compiles a list of APIs. Entries for the same API are combined; an entry without operations allows all of them. */
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
