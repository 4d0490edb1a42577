const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}[\],]/gs;

/** No body or row that is accepted has more levels. Deeper ones are not looked at: paths to them would take much memory. */
const MAX_DEPTH = 16;

interface Open {
  /** By name, whether it was found to occur twice. */
  names: Map<string, boolean>;
  path: string[];
  /** In a list: the position of the current item; null in an object. */
  item: number | null;
}

/**
 * Paths of the names that occur twice in one object of this JSON: `metadata.team`, `keys.3.name`. `JSON.parse` keeps the
 * last of them and drops the others silently. At most `max` paths, of the first 16 levels; the text must be valid JSON.
 */
export function duplicateNames(json: string, max = 50): string[][] {
  const found: string[][] = [];
  const open: Open[] = [];
  let deeper = 0;
  let path: string[] = [];
  for (const [token, text, isName] of json.matchAll(TOKEN)) {
    const within = open.at(-1);
    if (token === "{" || token === "[") {
      if (open.length >= MAX_DEPTH) {
        deeper++;
        continue;
      }
      const here =
        within === undefined || within.item === null ? path : [...within.path, String(within.item)];
      open.push({ names: new Map(), path: here, item: token === "[" ? 0 : null });
    } else if (token === "}" || token === "]") {
      if (deeper > 0) deeper--;
      else open.pop();
    } else if (within !== undefined && deeper === 0 && token === ",") {
      if (within.item !== null) within.item++;
    } else if (within !== undefined && deeper === 0 && isName !== undefined) {
      const name: string = JSON.parse(`"${text}"`);
      path = [...within.path, name];
      if (within.names.get(name) === false) found.push(path);
      within.names.set(name, within.names.has(name));
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
  // A list of lists of lists, each with the next one twice, would take for ever to read.
  const marks = new Set<unknown>();
  for (const path of paths) {
    const last = path.at(-1) ?? "";
    const parent = path.slice(0, -1).reduce(ownValue, value);
    if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, last)) continue;
    const values = parent as Record<string, unknown>;
    if (marks.has(parent) || marks.has(values[last])) continue;
    const mark = [values[last], values[last]];
    marks.add(mark);
    values[last] = mark;
  }
}

function ownValue(parent: unknown, name: string): unknown {
  if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, name)) return undefined;
  return (parent as Record<string, unknown>)[name];
}
