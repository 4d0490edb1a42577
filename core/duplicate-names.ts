const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}[\],]/gs;

/** Fields of requests are not nested so deeply. Without a limit, paths of a deep body would fill the memory. */
const MAX_DEPTH = 16;

interface Open {
  names: Set<string>;
  /** The names that occurred again. */
  repeated: Set<string>;
  path: string[];
  /** In a list: the position of the current item; null in an object. */
  item: number | null;
}

/**
 * Paths of the names that occur twice in one object of this JSON: `metadata.team`, `keys.3.name`. `JSON.parse` keeps the
 * last of them and drops the others silently. Each path once, at most `max` of them, and none more than 16 levels deep; the
 * text must be valid JSON.
 */
export function duplicateNames(json: string, max = 50): string[][] {
  const found: string[][] = [];
  const open: Open[] = [];
  let path: string[] = [];
  let depth = 0;
  for (const [token, text, isName] of json.matchAll(TOKEN)) {
    const within = open.at(-1);
    if (token === "{" || token === "[") {
      depth++;
      if (depth > MAX_DEPTH) continue;
      const here =
        within === undefined || within.item === null ? path : [...within.path, String(within.item)];
      open.push({ names: new Set(), repeated: new Set(), path: here, item: token === "[" ? 0 : null });
    } else if (token === "}" || token === "]") {
      if (depth <= MAX_DEPTH) open.pop();
      depth--;
    } else if (depth > MAX_DEPTH || within === undefined) {
    } else if (token === ",") {
      if (within.item !== null) within.item++;
    } else if (isName !== undefined) {
      const name: string = JSON.parse(`"${text}"`);
      path = [...within.path, name];
      if (within.names.has(name) && !within.repeated.has(name)) {
        found.push(path);
        within.repeated.add(name);
      }
      within.names.add(name);
      if (found.length >= max) break;
    }
  }
  return found;
}

/**
 * Replaces the values at these paths by a list of the value and null, which no field accepts: so that a repeated name is
 * an error of that row. Never twice the value: in nested objects, each level would double what there is to read.
 */
export function markRepeated(value: unknown, paths: readonly (readonly string[])[]): void {
  for (const path of paths) {
    const last = path.at(-1) ?? "";
    const parent = valueAt(value, path.slice(0, -1));
    if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, last)) continue;
    const values = parent as Record<string, unknown>;
    values[last] = [values[last], null];
  }
}

/** The value at a path of own properties; undefined if there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (parent, name) =>
      typeof parent === "object" && parent !== null && Object.hasOwn(parent, name)
        ? (parent as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}
