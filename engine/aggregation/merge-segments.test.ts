import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NO_CLIENT } from "#core/client.ts";
import { allowedCheck } from "#test/journal-entry.ts";
import { type CheckEntry, writeLine } from "../journal/entry.ts";
import { SHARDS } from "./key-shards.ts";
import { mergeSegments, type PendingSegment } from "./merge-segments.ts";

const START = Date.UTC(2026, 10, 24, 12);
const KEYS = 500;
const MAX_BYTES = 5_000_000;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-merge-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The key of a line of a segment: the same keys in each segment, or others. */
const sameKeys = (_segment: number, line: number) => line;
const otherKeys = (segment: number, line: number) => segment * KEYS + line;

function segmentsOf(
  count: number,
  keyOf: (segment: number, line: number) => number,
  same: Partial<CheckEntry> = {},
): PendingSegment[] {
  return Array.from({ length: count }, (_, at) => {
    const lines = Array.from({ length: KEYS }, (_, n) => {
      const key = keyOf(at, n);
      const seen = { address: `10.0.${key >> 8}.${key & 255}`, origin: "", app: "" };
      const own = { atMs: START + at, keyId: `key_${key}`, secretId: `sec_${key}`, seen };
      return writeLine(allowedCheck({ ...own, ...same }));
    });
    const path = join(dir, `seg_${at}.closed`);
    writeFileSync(path, lines.join(""));
    return { id: `seg_${at}`, path, stored: 0n };
  });
}

test("segments of the same keys are merged together, because they add nothing to the sums", async () => {
  const { segments, usage } = await mergeSegments(segmentsOf(30, sameKeys), MAX_BYTES);
  expect(segments).toHaveLength(30);
  expect(usage.lines).toBe(30 * KEYS);
});

test("segments of other keys are merged while their sums fit into memory", async () => {
  const { segments, usage } = await mergeSegments(segmentsOf(30, otherKeys), MAX_BYTES);
  expect(segments.length).toBeGreaterThan(1);
  expect(segments.length).toBeLessThan(15);
  expect(usage.bytes).toBeLessThanOrEqual(MAX_BYTES);
  expect(usage.endShard).toBe(SHARDS);
});

test("segments of random keys are merged together if the sums of all keys fit into memory", async () => {
  // Each has two thirds of the keys, so the first two alone seem to need more memory than there is.
  let at = 1;
  const random = () => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648;
    return at / 2_147_483_648;
  };
  const { segments, usage } = await mergeSegments(
    segmentsOf(30, () => Math.floor(random() * KEYS)),
    1.2 * KEYS * 2_300,
  );
  expect(segments).toHaveLength(30);
  expect(usage.endShard).toBe(SHARDS);
});

test("long texts take memory, so fewer segments that have them are merged", async () => {
  const text = "x".repeat(250);
  const details = {
    code: "IP_NOT_ALLOWED",
    observed: { clientIp: text },
    client: { ...NO_CLIENT, clientIp: text, referrer: text },
  } as const;
  const origin = `https://${"x".repeat(700)}.example`;
  const denied = { code: "IP_NOT_ALLOWED", units: 0, seen: null } as const;
  for (const [short, long] of [
    [denied, { ...denied, details }],
    [{}, { seen: { address: "10.0.0.1", origin, app: "" } }],
  ]) {
    const [few, many] = [
      await mergeSegments(segmentsOf(30, otherKeys, long), MAX_BYTES),
      await mergeSegments(segmentsOf(30, otherKeys, short), MAX_BYTES),
    ];
    expect(few.segments.length).toBeLessThan(many.segments.length);
    const bytesOfKey = ({ usage, segments }: typeof few) => usage.bytes / (segments.length * KEYS);
    expect(bytesOfKey(few)).toBeGreaterThan(bytesOfKey(many) + 700);
  }
});

test("of one segment that does not fit, only the sums of its first shards are in memory", async () => {
  const [segment] = segmentsOf(1, otherKeys);
  if (segment === undefined) throw new Error("no segment");
  const { segments, usage } = await mergeSegments([segment], 200_000);
  expect(segments).toHaveLength(1);
  expect(usage.bytes).toBeLessThanOrEqual(200_000);
  expect(usage.endShard).toBeGreaterThan(0);
  expect(usage.endShard).toBeLessThan(SHARDS);
});
