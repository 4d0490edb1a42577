import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readThrough } from "./read-through.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-kept-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

test("a text is created once, and only its owner can read it", () => {
  const path = join(dir, "inner", "secret");
  expect(readThrough(path, () => "first")).toBe("first");
  expect(readThrough(path, () => "second")).toBe("first");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(dir, "inner"))).toEqual(["secret"]);
});

test("an empty file is an error, not a secret that everyone knows", () => {
  const path = join(dir, "secret");
  writeFileSync(path, "");
  expect(() => readThrough(path, () => "created")).toThrow(`${path} is empty`);
});
