import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NO_CLIENT } from "#core/client.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import { type CheckEntry, writeLine } from "../journal/entry.ts";
import { DenialAggregate } from "./aggregate-denials.ts";
import type { UsageAggregate } from "./aggregate-usage.ts";
import { helpingsOf } from "./batches.ts";

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-helpings-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const START = Date.UTC(2026, 10, 24, 12);

/** A segment of `checks` checks that go round among `keys` keys, each from an address of its own. */
async function helpings(checks: number, keys: number): Promise<UsageAggregate[]> {
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
  return added(path, new DenialAggregate());
}

async function added(path: string, refusals: DenialAggregate): Promise<UsageAggregate[]> {
  const found: UsageAggregate[] = [];
  for await (const tally of helpingsOf({ id: "seg_1", path }, refusals)) found.push(tally);
  return found;
}

test("what many checks have in common is added up in one helping, however many they are", async () => {
  const [only, ...others] = await helpings(50_000, 10);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ lines: 50_000 });
  expect(only?.rows).toHaveLength(30);
});

test("lines that are alike count each, however many others come between them", async () => {
  const [only, ...others] = await helpings(20_000, 10_000);
  expect(others).toEqual([]);
  const counts = only?.rows.filter(([interval]) => interval === "minute").map((row) => row[9]);
  expect(counts).toEqual(Array.from({ length: 10_000 }, () => 2));
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

/** Few of everything, so that many lines are alike; times on both sides of a minute, an hour and a day. */
const checks: fc.Arbitrary<CheckEntry> = fc
  .record({
    atMs: fc.integer({ min: -90, max: 90 }).map((seconds) => startOf(DAY_MS, START) + seconds * 1_000),
    key: fc.constantFrom("1", "2", "3"),
    cost: fc.constantFrom(0, 1, 7),
    refused: fc.boolean(),
    address: fc.constantFrom("10.0.0.1", "10.0.0.2", ""),
    since: fc.constantFrom(null, 5, 6),
  })
  .map(({ atMs, key, cost, refused, address, since }) => ({
    ...{ atMs, code: refused ? ("IP_NOT_ALLOWED" as const) : ("VALID" as const) },
    ...{ projectId: "prj_1", keyId: `key_${key}`, secretId: `sec_${key}`, api: "badges", operation: "" },
    ...{ environment: "live" as const, units: refused ? 0 : cost },
    seen: refused ? null : { address, origin: "", app: "" },
    trial: refused || since === null ? null : { since, code: "VALID" as const },
    told: refused ? { code: "IP_NOT_ALLOWED" as const, observed: {}, client: NO_CLIENT } : null,
  }));

test("lines that are alike count each, in their own minute, hour and day", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(checks, { maxLength: 200 }), async (entries) => {
      const path = join(dir, "seg_1.closed");
      writeFileSync(path, entries.map(writeLine).join(""));
      const refusals = new DenialAggregate();
      const [tally] = await added(path, refusals);
      const passed = entries.filter(({ code }) => code === "VALID");

      expect(tally?.lines ?? 0).toBe(entries.length);
      for (const [interval, length] of Object.entries({ minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS })) {
        const counted = (tally?.rows ?? []).filter(([of]) => of === interval);
        const told = counted.map(([, , bucket, keyId, , , , , code, count, units]) => [
          `${bucket} ${keyId} ${code}`,
          [count, units],
        ]);
        expect(Object.fromEntries(told)).toEqual(
          summed(entries, ({ atMs, keyId, code }) => `${startOf(length, atMs)} ${keyId} ${code}`),
        );
      }
      const trials = (tally?.trials ?? []).map(([keyId, since, at, , count]) => [
        `${keyId} ${since} ${at}`,
        count,
      ]);
      const tried = passed.filter(({ trial }) => trial !== null);
      const expected = summed(
        tried,
        ({ keyId, trial, atMs }) => `${keyId} ${trial?.since} ${startOf(HOUR_MS, atMs)}`,
      );
      expect(Object.fromEntries(trials)).toEqual(
        Object.fromEntries(Object.entries(expected).map(([id, [count]]) => [id, count])),
      );
      const seen = (tally?.sightings.rows ?? []).filter(([, , kind]) => kind === "address");
      expect(seen.reduce((sum, [, , , , , count]) => sum + count, 0)).toBe(passed.length);
      for (const [keyId, , , day, value, count, lastAt] of seen) {
        const of = passed.filter(
          (one) => one.keyId === keyId && one.seen?.address === value && startOf(DAY_MS, one.atMs) === day,
        );
        expect([count, lastAt]).toEqual([of.length, Math.max(...of.map(({ atMs }) => atMs))]);
      }
      expect(tally?.keyUses ?? []).toEqual(
        [...Map.groupBy(passed, ({ keyId }) => keyId)]
          .map(([keyId, uses]) => [keyId, Math.max(...uses.map(({ atMs }) => atMs))])
          .sort(),
      );
      expect(refusals.rows.map(([, , , at]) => at).sort()).toEqual(
        entries.flatMap(({ told, atMs }) => (told ? [atMs] : [])).sort(),
      );
      expect(new Set(refusals.rows.map(([id]) => id)).size).toBe(refusals.rows.length);
    }),
    { numRuns: 60 },
  );
});

function summed(
  entries: CheckEntry[],
  idOf: (entry: CheckEntry) => string,
): Record<string, [number, number]> {
  const sums: Record<string, [count: number, units: number]> = {};
  for (const entry of entries) {
    const [count, units] = sums[idOf(entry)] ?? [0, 0];
    sums[idOf(entry)] = [count + 1, units + entry.units];
  }
  return sums;
}
