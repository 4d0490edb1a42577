import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetFormerSecrets, readAuthSecrets, rotateStoredSecret } from "./auth-secret.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), "latchkey-")), "data");
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const read = (more: object = {}) =>
  readAuthSecrets({ authSecret: undefined, acceptedAuthSecrets: [], dataDir, ...more });

test("a secret is generated once, stored, and readable by its owner only", () => {
  const { current, accepted } = read();
  expect(current.length).toBeGreaterThanOrEqual(43);
  expect(accepted).toEqual([]);
  expect(read().current).toBe(current);
  expect(statSync(join(dataDir, "auth-secret")).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(["auth-secret"]);
});

test("the setting overrides the stored secret, and nothing is written", () => {
  const [authSecret, former] = ["a".repeat(32), "b".repeat(32)];
  expect(read({ authSecret, acceptedAuthSecrets: [former] })).toEqual({
    current: authSecret,
    accepted: [former],
  });
  expect(() => readdirSync(dataDir)).toThrow();
});

test("a rotated secret stays accepted until it is forgotten, and only its owner can read it", async () => {
  expect(await rotateStoredSecret(dataDir)).toBe(false);
  const first = read().current;
  await Promise.all([rotateStoredSecret(dataDir), rotateStoredSecret(dataDir)]);
  const rotated = read();
  expect(rotated.current).not.toBe(first);
  expect(rotated.accepted).toHaveLength(2);
  expect(rotated.accepted.at(-1)).toBe(first);
  expect(readdirSync(dataDir).sort()).toEqual(["auth-secret", "auth-secret.former"]);
  expect(statSync(join(dataDir, "auth-secret.former")).mode & 0o777).toBe(0o600);
  expect(forgetFormerSecrets(dataDir, { minAgeMs: 60_000, nowMs: Date.now() })).toBeNull();
  expect(forgetFormerSecrets(dataDir, { minAgeMs: 60_000, nowMs: Date.now() + 61_000 })).toBe(2);
  expect(read()).toEqual({ current: rotated.current, accepted: [] });
});
