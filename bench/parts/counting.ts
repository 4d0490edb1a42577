import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { NO_CLIENT } from "#core/client.ts";
import { DenialAggregate } from "#engine/aggregation/aggregate-denials.ts";
import { UsageAggregate } from "#engine/aggregation/aggregate-usage.ts";
import { readBatches } from "#engine/aggregation/batches.ts";
import { type CheckEntry, writeLine } from "#engine/journal/entry.ts";
import { type Goal, shown } from "../lib/goal.ts";

/** A journal's segment is closed at this size. */
const SEGMENT_BYTES = 12_000_000;

/**
 * The memory that aggregating hostile traffic takes: every check is of another key, from another IP address, site
 * and app, or denied with the longest possible details.
 */
export async function measureCounting(): Promise<Goal> {
  const collect = collector();
  const text = "x".repeat(300);
  const client = { ...NO_CLIENT, clientIp: text, referrer: text, origin: text, iosBundleId: text };
  const kinds: Record<string, (n: number) => Pick<CheckEntry, "code" | "seen" | "details">> = {
    "valid, each from another client": (n) => ({
      code: "VALID",
      seen: {
        address: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
        origin: `https://s${n}.example`,
        app: `ios:a${n}`,
      },
      details: null,
    }),
    "denied, each with the longest details": () => ({
      code: "IP_NOT_ALLOWED",
      seen: null,
      details: { code: "IP_NOT_ALLOWED", observed: { clientIp: text }, client },
    }),
  };
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const taken = [];
  for (const [name, entryOf] of Object.entries(kinds)) {
    const path = join(folder, "segment");
    const lines = writeSegment(path, entryOf);
    collect();
    const before = process.memoryUsage().heapUsed;
    const denials = new DenialAggregate();
    const heapMib: number[] = [];
    let counted = 0;
    for await (const batch of readBatches({ id: "seg_bench", path }, denials)) {
      collect();
      heapMib.push((process.memoryUsage().heapUsed - before) / 2 ** 20);
      counted += batch.lines;
    }
    if (counted !== lines) throw new Error(`${counted} of ${lines} lines were counted`);
    taken.push({ name, lines, mib: Math.max(...heapMib), batches: heapMib.length });
  }
  rmSync(folder, { recursive: true });
  return {
    name: "Observations and denials: memory to count a full segment of hostile traffic, usage included",
    measured: Math.max(...taken.map(({ mib }) => mib)),
    limit: 64,
    is: "at most",
    unit: "MiB",
    details: taken.map(
      ({ name, mib, lines, batches }) =>
        `${name}: ${shown(mib)} MiB at most, for ${shown(lines)} checks in ${shown(batches)} batches`,
    ),
  };
}

/** How many keys' sums are measured, and how many addresses if all are of one key. */
const KEYS = 50_000;

/**
 * The memory that the sums of a merge take, with the rows to send, against what they report: a merge is bounded by
 * that.
 */
export function measureMergeMemory(): Goal {
  const collect = collector();
  const text = "x".repeat(200);
  const client = { ...NO_CLIENT, clientIp: text, referrer: text };
  const details = { code: "IP_NOT_ALLOWED", observed: { clientIp: text }, client } as const;
  const seen = (n: number) => ({
    address: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
    origin: "",
    app: "",
  });
  const lineOf = (n: number, entry: Partial<CheckEntry> = {}) => {
    const id = String(n).padStart(22, "0");
    return writeLine({
      atMs: 1_795_000_000_000,
      code: "VALID",
      projectId: `prj_${n % 1_000}`,
      keyId: `key_${id}`,
      secretId: `sec_${id}`,
      api: "badges",
      operation: "badges.list",
      environment: "live",
      units: 1,
      seen: seen(n),
      trial: null,
      details: null,
      ...entry,
    }).trimEnd();
  };
  const kinds: Record<string, (n: number) => string[]> = {
    "each key in one minute": (n) => [lineOf(n)],
    "each key in four minutes": (n) =>
      [0, 1, 2, 3].map((minute) => lineOf(n, { atMs: 1_795_000_000_000 + minute * 60_000 })),
    "each key with a website and an app": (n) => [
      lineOf(n, { seen: { ...seen(n), origin: `https://shop-${n}.example`, app: `ios:example.app${n}` } }),
    ],
    "each key from ten IP addresses": (n) =>
      Array.from({ length: 10 }, (_, at) => lineOf(n, { seen: seen(n * 10 + at) })),
    "each key denied, with details": (n) => [
      lineOf(n, { code: "IP_NOT_ALLOWED", units: 0, seen: null, details }),
    ],
    "each key with report-only restrictions": (n) => [
      lineOf(n, { trial: { since: 1_795_000_000_000, code: "VALID" } }),
    ],
  };
  const taken = Object.entries(kinds).map(([name, linesOf]) => {
    collect();
    const before = process.memoryUsage().heapUsed;
    const usage = new UsageAggregate("seg_bench", null);
    for (let n = 0; n < KEYS; n++) for (const line of linesOf(n)) usage.add(line);
    const rows = usage.shardRows;
    collect();
    const bytes = process.memoryUsage().heapUsed - before;
    if (rows.length === 0 || usage.lines === 0) throw new Error("nothing was counted");
    return { name, bytes, reported: usage.bytes };
  });
  return {
    name: "Counting: memory of the sums of a merge, rows to send included, against what bounds it",
    measured: Math.max(...taken.map(({ bytes, reported }) => bytes / reported)),
    limit: 1,
    is: "at most",
    unit: "times",
    details: taken.map(
      ({ name, bytes, reported }) =>
        `${name}: ${shown(bytes / KEYS)} bytes a key, reported ${shown(reported / KEYS)}`,
    ),
  };
}

function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

/** Writes a segment of the maximum size and returns its number of lines. */
function writeSegment(
  path: string,
  entryOf: (n: number) => Pick<CheckEntry, "code" | "seen" | "details">,
): number {
  const lines: string[] = [];
  for (let bytes = 0, n = 0; bytes < SEGMENT_BYTES; n++) {
    const id = String(n).padStart(22, "0");
    const line = writeLine({
      atMs: 1_795_000_000_000 + n,
      projectId: `prj_${id}`,
      keyId: `key_${id}`,
      secretId: `sec_${id}`,
      api: "badges",
      operation: "badges.list",
      environment: "live",
      trial: null,
      units: 1,
      ...entryOf(n),
    });
    bytes += line.length;
    lines.push(line);
  }
  writeFileSync(path, lines.join(""));
  return lines.length;
}
