/** Fields of requests are not nested so deeply. Without a limit, paths of a deep body would fill the memory. */
const MAX_DEPTH = 16;

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

interface Open {
  /** In a list: the position of the current item; null in an object. */
  item: number | null;
  /** In an object: the current name. */
  name: string;
  /** Created with the first name: a hostile body has many empty objects and lists. */
  names: Set<string> | null;
  /** The names that occurred again. */
  repeated: Set<string> | null;
}

/**
 * Paths of the names that occur twice in one object of this JSON: `metadata.team`, `keys.3.name`. `JSON.parse` keeps the
 * last of them and drops the others silently. Each path once, at most `max` of them, and none more than 16 levels deep; the
 * text must be valid JSON.
 */
export function duplicateNames(json: string, max = 50): string[][] {
  const found: string[][] = [];
  const open: Open[] = [];
  let depth = 0;
  // Character by character: a regular expression takes ten times as long for a body of brackets.
  for (let at = 0; at < json.length && found.length < max; at++) {
    const code = json.charCodeAt(at);
    if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth++;
      if (depth <= MAX_DEPTH)
        open.push({ item: code === OPEN_LIST ? 0 : null, name: "", names: null, repeated: null });
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      if (depth <= MAX_DEPTH) open.pop();
      depth--;
    } else if (code === COMMA) {
      const within = depth <= MAX_DEPTH ? open.at(-1) : undefined;
      if (within !== undefined && within.item !== null) within.item++;
    } else if (code === QUOTE) {
      const end = endOfString(json, at);
      const within = depth <= MAX_DEPTH ? open.at(-1) : undefined;
      if (within?.item === null && isName(json, end)) {
        if (isRepeated(within, nameAt(json, at, end))) found.push(open.map(placeOf));
      }
      at = end;
    }
  }
  return found;
}

interface Structure {
  /** How deep lists and objects are nested. */
  maxDepth: number;
  /** Lists and objects in total. */
  maxTotal: number;
}

/** Whether this JSON has at most so many lists and objects. Counts without parsing, which costs much more. */
export function isWithin(json: string, { maxDepth, maxTotal }: Structure): boolean {
  let [depth, total] = [0, 0];
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth++;
      total++;
      if (depth > maxDepth || total > maxTotal) return false;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
    else if (code === QUOTE) at = endOfString(json, at);
  }
  return true;
}

/** The position of the closing quotation mark of the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  for (let code = json.charCodeAt(at); at < json.length && code !== QUOTE; code = json.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at;
}

function isName(json: string, end: number): boolean {
  let at = end + 1;
  while (json.charCodeAt(at) <= 32) at++;
  return json.charCodeAt(at) === COLON;
}

function nameAt(json: string, start: number, end: number): string {
  const written = json.slice(start + 1, end);
  return written.includes("\\") ? JSON.parse(`"${written}"`) : written;
}

/** Records the name. True at its second occurrence, false at all others. */
function isRepeated(within: Open, name: string): boolean {
  within.name = name;
  within.names ??= new Set();
  if (!within.names.has(name)) {
    within.names.add(name);
    return false;
  }
  within.repeated ??= new Set();
  if (within.repeated.has(name)) return false;
  within.repeated.add(name);
  return true;
}

function placeOf({ item, name }: Open): string {
  return item === null ? name : String(item);
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
