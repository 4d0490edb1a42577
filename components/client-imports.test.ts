import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const IMPORT = /^(?:import|export)\s(?!type\b)([^;"]*?)(?:\bfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** What a module imports at run time. A module of server actions is only a reference in a browser. */
function importsOf(path: string): string[] {
  const source = readFileSync(path, "utf8");
  if (source.startsWith('"use server"')) return [];
  return [...source.matchAll(IMPORT)]
    .filter(([, names = ""]) => !/^\{(?:\s*type\s[^,}]*,?)+\s*\}\s*$/.test(names))
    .map(([, , specifier = "", lazy = specifier]) => lazy);
}

/** The chain of modules that leads from a module to a built-in one of Node.js; null if none does. */
function wayToNode(start: string): string[] | null {
  const seen = new Set([start]);
  const open = [[start]];
  for (const way of open) {
    const current = way.at(-1) ?? start;
    for (const specifier of importsOf(current)) {
      if (specifier.startsWith("node:")) return [...way, specifier];
      if (!/^[#.].*\.tsx?$/.test(specifier)) continue;
      const path = specifier.startsWith("#")
        ? join(ROOT, specifier.slice(1))
        : join(dirname(current), specifier);
      if (!seen.has(path)) open.push([...way, path]);
      seen.add(path);
    }
  }
  return null;
}

// A bundler replaces `node:crypto` by more than 200 kB of JavaScript, without a word.
test("no module of the browser imports one of Node.js, however indirectly", () => {
  const client = globSync("{app,components}/**/*.{ts,tsx}", { cwd: ROOT })
    .map((path) => join(ROOT, path))
    .filter((path) => readFileSync(path, "utf8").startsWith('"use client"'));
  expect(client.length).toBeGreaterThan(50);
  const ways = client.map(wayToNode).filter((way) => way !== null);
  expect(ways.map((way) => way.map((path) => path.replace(`${ROOT}/`, "")).join(" > "))).toEqual([]);
});
