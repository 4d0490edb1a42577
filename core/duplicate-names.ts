const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}[\],]/gs;

/** Objects and lists in each other. No field is nested as deeply, and a path for each level would take up the memory. */
const MAX_DEPTH = 32;

interface Open {
  names: Set<string>;
  path: string[];
  /** In a list: the position of the current item; null in an object. */
  item: number | null;
}

/**
 * Paths of the names that occur twice in one object of this JSON: `metadata.team`, `keys.3.name`. `JSON.parse` keeps the
 * last of them and drops the others silently. At most `max` paths, and none below 32 levels; the text must be valid JSON.
 */
export function duplicateNames(json: string, max = 50): string[][] {
  const found: string[][] = [];
  const open: Open[] = [];
  let path: string[] = [];
  let tooDeep = 0;
  for (const [token, text, isName] of json.matchAll(TOKEN)) {
    const within = open.at(-1);
    const [opens, closes] = [token === "{" || token === "[", token === "}" || token === "]"];
    if (tooDeep > 0 || (opens && open.length === MAX_DEPTH)) {
      tooDeep += Number(opens) - Number(closes);
    } else if (opens) {
      const here =
        within === undefined || within.item === null ? path : [...within.path, String(within.item)];
      open.push({ names: new Set(), path: here, item: token === "[" ? 0 : null });
    } else if (closes) {
      open.pop();
    } else if (token === ",") {
      if (within !== undefined && within.item !== null) within.item++;
    } else if (isName !== undefined && within !== undefined) {
      const name: string = JSON.parse(`"${text}"`);
      path = [...within.path, name];
      if (within.names.has(name)) found.push(path);
      within.names.add(name);
      if (found.length >= max) break;
    }
  }
  return found;
}

/**
 * Replaces the values at these paths by a list of two, which no field that takes one value accepts: so that a repeated
 * name is an error of that row.
 */
export function markRepeated(value: unknown, paths: readonly (readonly string[])[]): void {
  for (const path of paths) {
    const last = path.at(-1) ?? "";
    const parent = path.slice(0, -1).reduce(ownValue, value);
    if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, last)) continue;
    const values = parent as Record<string, unknown>;
    values[last] = [values[last], values[last]];
  }
}

function ownValue(parent: unknown, name: string): unknown {
  if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, name)) return undefined;
  return (parent as Record<string, unknown>)[name];
}
