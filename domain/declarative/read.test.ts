import { expect, test } from "vitest";
import { readDeclaration } from "./read.ts";

const KEY = "{ name: k, environment: live }";

test.each([
  ["a bomb of aliases", `version: 1\na: &a [${"x,".repeat(50)}]\n${bomb(12)}`, "values"],
  ["an alias of itself", "version: 1\nprojects: &a\n  - *a", ""],
  ["another version", "version: 2", "version"],
  ["an unknown field", "version: 1\nsecrets: []", ""],
  [
    "a secret in a key",
    "version: 1\nprojects: [{ name: A, keys: [{ name: k, environment: live, secret: s }] }]",
    "",
  ],
  [
    "a prototype",
    'version: 1\nprojects: [{ name: A, keys: [{ name: k, environment: live, metadata: { "__proto__": 1 } }] }]',
    "",
  ],
  [
    "a prototype in the units of a plan",
    'version: 1\napis: [{ slug: a, name: A, plans: [{ slug: p, name: P, unitsPerOperation: { "__proto__": 5 } }] }]',
    "__proto__",
  ],
  ["a duplicate name in one object", "version: 1\nversion: 1", "twice"],
  ["two documents", "version: 1\n---\nversion: 1", ""],
  ["no object", "- version: 1", ""],
  ["nothing", "", ""],
  ["a tag", "version: 1\nprojects: !!js/function 'x'", ""],
  ["deep nesting", `version: 1\nprojects: ${"[".repeat(100)}${"]".repeat(100)}`, "deep"],
  [
    "a NUL in a value",
    `version: 1\nprojects: [{ name: A, keys: [${KEY.replace("}", ', metadata: { a: "\\0" } }')}] }]`,
    "",
  ],
  ["a number as a name", "version: 1\nprojects: [{ name: 7 }]", ""],
])("%s is rejected with where it is", (_, text, message) => {
  const errors = (() => {
    try {
      readDeclaration(text);
      return [];
    } catch (error) {
      return (error as { errors: { path: string; message: string }[] }).errors;
    }
  })();
  expect(errors.length).toBeGreaterThan(0);
  expect(JSON.stringify(errors)).toContain(message);
});

function bomb(levels: number): string {
  const lines = Array.from({ length: levels }, (_, at) => {
    const from = at === 0 ? "a" : `b${at - 1}`;
    return `b${at}: &b${at} [${Array(10).fill(`*${from}`).join(", ")}]`;
  });
  return lines.join("\n");
}
