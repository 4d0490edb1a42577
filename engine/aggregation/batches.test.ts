import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NO_CLIENT } from "#core/client.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import { allowedCheck } from "#test/journal-entry.ts";
import { type CheckEntry, writeLine } from "../journal/entry.ts";
import { DenialAggregate } from "./aggregate-denials.ts";
import type { UsageAggregate } from "./aggregate-usage.ts";
import { readBatches } from "./batches.ts";

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-batches-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const START = Date.UTC(2026, 10, 24, 12);

/** The batches of a segment with `checks` checks, spread over `keys` keys with an IP address each. */
async function batchesOf(checks: number, keys: number): Promise<UsageAggregate[]> {
  const path = join(dir, "seg_1.closed");
  const lines = Array.from({ length: checks }, (_, n) =>
    writeLine(
      allowedCheck({
        atMs: START,
        keyId: `key_${n % keys}`,
        secretId: `sec_${n % keys}`,
        seen: { address: `10.0.0.${n % keys}`, origin: "", app: "" },
      }),
    ),
  );
  writeFileSync(path, lines.join(""));
  return readAll(path, new DenialAggregate());
}

async function readAll(path: string, denials: DenialAggregate): Promise<UsageAggregate[]> {
  const found: UsageAggregate[] = [];
  for await (const batch of readBatches({ id: "seg_1", path }, denials)) found.push(batch);
  return found;
}

test("any number of identical checks is aggregated in one batch", async () => {
  const [only, ...others] = await batchesOf(50_000, 10);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ lines: 50_000 });
  expect(only?.rows).toHaveLength(30);
});

test("each of two identical lines is counted, however many others are between them", async () => {
  const [only, ...others] = await batchesOf(20_000, 10_000);
  expect(others).toEqual([]);
  const counts = only?.rows.filter(([interval]) => interval === "minute").map((row) => row[9]);
  expect(counts).toEqual(Array.from({ length: 10_000 }, () => 2));
});

test("distinct checks are split into batches with unique names, the same way each time", async () => {
  const all = await batchesOf(40_000, 40_000);
  expect(all.length).toBeGreaterThan(1);
  expect(Math.max(...all.map(({ size }) => size))).toBeLessThan(61_000);
  expect(all.reduce((sum, { lines }) => sum + lines, 0)).toBe(40_000);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const again = await batchesOf(40_000, 40_000);
  expect(again.map(({ name, lines }) => [name, lines])).toEqual(all.map(({ name, lines }) => [name, lines]));
});

/** Few distinct values, so that many lines are identical. Times before and after the start of a minute, hour and day. */
const checks: fc.Arbitrary<CheckEntry> = fc
  .record({
    atMs: fc.integer({ min: -90, max: 90 }).map((seconds) => startOf(DAY_MS, START) + seconds * 1_000),
    key: fc.constantFrom("1", "2", "3"),
    cost: fc.constantFrom(0, 1, 7),
    isDenied: fc.boolean(),
    address: fc.constantFrom("10.0.0.1", "10.0.0.2", ""),
    since: fc.constantFrom(null, 5, 6),
  })
  .map(({ atMs, key, cost, isDenied, address, since }) => ({
    atMs,
    code: isDenied ? ("IP_NOT_ALLOWED" as const) : ("VALID" as const),
    projectId: "prj_1",
    keyId: `key_${key}`,
    secretId: `sec_${key}`,
    api: "badges",
    operation: "",
    environment: "live" as const,
    units: isDenied ? 0 : cost,
    seen: isDenied ? null : { address, origin: "", app: "" },
    trial: isDenied || since === null ? null : { since, code: "VALID" as const },
    details: isDenied ? { code: "IP_NOT_ALLOWED" as const, observed: {}, client: NO_CLIENT } : null,
  }));

test("each of several identical lines is counted, in its minute, hour and day", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(checks, { maxLength: 200 }), async (entries) => {
      const path = join(dir, "seg_1.closed");
      writeFileSync(path, entries.map(writeLine).join(""));
      const denials = new DenialAggregate();
      const [batch] = await readAll(path, denials);
      const passed = entries.filter(({ code }) => code === "VALID");

      expect(batch?.lines ?? 0).toBe(entries.length);
      for (const [interval, length] of Object.entries({ minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS })) {
        const counted = (batch?.rows ?? []).filter(([of]) => of === interval);
        const sums = counted.map(([, , bucket, keyId, , , , , code, count, units]) => [
          `${bucket} ${keyId} ${code}`,
          [count, units],
        ]);
        expect(Object.fromEntries(sums)).toEqual(
          summed(entries, ({ atMs, keyId, code }) => `${startOf(length, atMs)} ${keyId} ${code}`),
        );
      }
      const counted = (batch?.reportOnly ?? []).map(([keyId, since, at, , count]) => [
        `${keyId} ${since} ${at}`,
        count,
      ]);
      const reportOnly = passed.filter(({ trial }) => trial !== null);
      const expected = summed(
        reportOnly,
        ({ keyId, trial, atMs }) => `${keyId} ${trial?.since} ${startOf(HOUR_MS, atMs)}`,
      );
      expect(Object.fromEntries(counted)).toEqual(
        Object.fromEntries(Object.entries(expected).map(([id, [count]]) => [id, count])),
      );
      const seen = (batch?.observations.rows ?? []).filter(([, , kind]) => kind === "address");
      expect(seen.reduce((sum, [, , , , , count]) => sum + count, 0)).toBe(passed.length);
      for (const [keyId, , , day, value, count, lastAt] of seen) {
        const of = passed.filter(
          (one) => one.keyId === keyId && one.seen?.address === value && startOf(DAY_MS, one.atMs) === day,
        );
        expect([count, lastAt]).toEqual([of.length, Math.max(...of.map(({ atMs }) => atMs))]);
      }
      expect(batch?.keyUses ?? []).toEqual(
        [...Map.groupBy(passed, ({ keyId }) => keyId)]
          .map(([keyId, uses]) => [keyId, Math.max(...uses.map(({ atMs }) => atMs))])
          .sort(),
      );
      expect(denials.rows.map(([, , , at]) => at).sort()).toEqual(
        entries.flatMap(({ details, atMs }) => (details ? [atMs] : [])).sort(),
      );
      expect(new Set(denials.rows.map(([id]) => id)).size).toBe(denials.rows.length);
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
