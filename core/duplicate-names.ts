const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|[{}[\]]/gs;

/**
 * Paths of the names that occur twice in one object of this JSON: `metadata.team`. `JSON.parse` keeps the last of them
 * and drops the others silently. At most `max` paths; the text must be valid JSON.
 */
export function duplicateNames(json: string, max = 50): string[][] {
  const found: string[][] = [];
  const open: { names: Set<string>; path: string[] }[] = [];
  let path: string[] = [];
  for (const [token, text, isName] of json.matchAll(TOKEN)) {
    if (token === "{" || token === "[") {
      open.push({ names: new Set(), path });
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (isName !== undefined) {
      const object = open.at(-1);
      if (object === undefined) continue;
      const name: string = JSON.parse(`"${text}"`);
      path = [...object.path, name];
      if (object.names.has(name)) found.push(path);
      object.names.add(name);
      if (found.length >= max) break;
    }
  }
  return found;
}
