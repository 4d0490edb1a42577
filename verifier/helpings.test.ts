import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeLine } from "./entry.ts";
import { helpingsOf } from "./helpings.ts";
import type { Tally } from "./tally.ts";
import { RefusalTally } from "./tally-refusals.ts";

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-helpings-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const START = Date.UTC(2026, 10, 24, 12);

/** A segment of `checks` checks that go round among `keys` keys, each from an address of its own. */
async function helpings(checks: number, keys: number): Promise<Tally[]> {
  const path = join(dir, "seg_1.closed");
  const lines = Array.from({ length: checks }, (_, n) =>
    writeLine({
      atMs: START,
      code: "VALID",
      projectId: "prj_1",
      keyId: `key_${n % keys}`,
      secretId: `sec_${n % keys}`,
      api: "badges",
      operation: "",
      environment: "live",
      units: 1,
      seen: { address: `10.0.0.${n % keys}`, origin: "", app: "" },
      trial: null,
      told: null,
    }),
  );
  writeFileSync(path, lines.join(""));
  const found: Tally[] = [];
  for await (const tally of helpingsOf({ id: "seg_1", path }, new RefusalTally())) found.push(tally);
  return found;
}

test("what many checks have in common is added up in one helping, however many they are", async () => {
  const [only, ...others] = await helpings(50_000, 10);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ lines: 50_000 });
  expect(only?.rows).toHaveLength(30);
});

test("what has nothing in common is cut into helpings, each with a name of its own, cut alike every time", async () => {
  const all = await helpings(40_000, 40_000);
  expect(all.length).toBeGreaterThan(1);
  expect(Math.max(...all.map(({ size }) => size))).toBeLessThan(61_000);
  expect(all.reduce((sum, { lines }) => sum + lines, 0)).toBe(40_000);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const again = await helpings(40_000, 40_000);
  expect(again.map(({ name, lines }) => [name, lines])).toEqual(all.map(({ name, lines }) => [name, lines]));
});
