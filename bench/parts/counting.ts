import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { NO_CLIENT } from "#core/client.ts";
import { DenialAggregate } from "#engine/aggregation/aggregate-denials.ts";
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
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
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
