import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAuthSecret } from "./auth-secret.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), "latchkey-")), "data");
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test("a secret is generated once, stored, and readable by its owner only", () => {
  const generated = readAuthSecret({ authSecret: undefined, dataDir });
  expect(generated.length).toBeGreaterThanOrEqual(43);
  expect(readAuthSecret({ authSecret: undefined, dataDir })).toBe(generated);
  expect(statSync(join(dataDir, "auth-secret")).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(["auth-secret"]);
});

test("the setting overrides the stored secret, and nothing is written", () => {
  const authSecret = "a".repeat(32);
  expect(readAuthSecret({ authSecret, dataDir })).toBe(authSecret);
  expect(() => readdirSync(dataDir)).toThrow();
});
