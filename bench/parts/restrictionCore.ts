import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { NO_CLIENT } from "#core/client.ts";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { judgeKind } from "#core/restrictions/judge.ts";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { type CheckEntry, readLine, writeLine } from "#verifier/entry.ts";
import { Tally } from "#verifier/tally.ts";
import { RefusalTally } from "#verifier/tally-refusals.ts";
import { type Goal, median, shown } from "../lib/goal.ts";

const LOOK_UPS = 200_000;
const ROUNDS = 9;
/** A journal's segment is closed at this size, and counted as a whole. */
const SEGMENT_BYTES = 3_000_000;

/** What needs no server: matching addresses, and the memory that counting hostile traffic takes. */
export async function measureRestrictionCore(): Promise<Goal[]> {
  return [matching(), memory()];
}

/** As a check does it: from the text that the service sent. */
function matching(): Goal {
  const clients = Array.from({ length: 1_000 }, (_, n) => ({
    ...NO_CLIENT,
    clientIp: `10.0.${n & 255}.9:51234`,
  }));
  const nanosFor = (count: number) => {
    const ips = Array.from({ length: count - 1 }, (_, n) => `11.${n >> 8}.${n & 255}.0/24`);
    const rules = compileRestrictions({ ...NO_RESTRICTIONS, ips: ["10.0.0.0/16", ...ips] });
    const startedAt = performance.now();
    for (let n = 0; n < LOOK_UPS; n++) {
      const client = clients[n % clients.length] ?? NO_CLIENT;
      const request = { requestId: "", api: "badges", operation: null, call: null, cost: 1, client };
      if (judgeKind("ips", rules, request) !== null) throw new Error("an address was refused");
    }
    return ((performance.now() - startedAt) * 1e6) / LOOK_UPS;
  };
  nanosFor(1);
  const rounds = Array.from({ length: ROUNDS }, () => ({ one: nanosFor(1), thousand: nanosFor(1_000) }));
  return {
    name: "Addresses: judging a client's address by 1,000 networks against by 1",
    measured: median(rounds.map(({ one, thousand }) => thousand / one)),
    limit: 2,
    is: "at most",
    unit: "times",
    details: [
      `one network: ${shown(median(rounds.map(({ one }) => one)))} ns`,
      `1,000 networks: ${shown(median(rounds.map(({ thousand }) => thousand)))} ns`,
    ],
  };
}

/** Every check is of another key, from another address, site and app, or refused with all that can be said. */
function memory(): Goal {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const text = "x".repeat(300);
  const client = { ...NO_CLIENT, clientIp: text, referrer: text, origin: text, iosBundleId: text };
  const kinds: Record<string, (n: number) => Pick<CheckEntry, "code" | "seen" | "told">> = {
    "passed, each from elsewhere": (n) => ({
      code: "VALID",
      seen: {
        address: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`,
        origin: `https://s${n}.example`,
        app: `ios:a${n}`,
      },
      told: null,
    }),
    "refused, each with all that can be said": () => ({
      code: "IP_NOT_ALLOWED",
      seen: null,
      told: { code: "IP_NOT_ALLOWED", observed: { clientIp: text }, client },
    }),
  };
  const taken = Object.entries(kinds).map(([name, entryOf]) => {
    const lines = segment(entryOf);
    collect();
    const before = process.memoryUsage().heapUsed;
    const refusals = new RefusalTally();
    const tally = new Tally("seg_bench", refusals);
    for (const line of lines) {
      const entry = readLine(line);
      if (entry) tally.add(entry);
    }
    const rows = tally.sightings.rows.length + refusals.rows.length;
    collect();
    return { name, mib: (process.memoryUsage().heapUsed - before) / 2 ** 20, lines: lines.length, rows };
  });
  return {
    name: "Sightings and refusals: memory to count one full segment of hostile traffic, usage included",
    measured: Math.max(...taken.map(({ mib }) => mib)),
    limit: 64,
    is: "at most",
    unit: "MiB",
    details: taken.map(
      ({ name, mib, lines, rows }) =>
        `${name}: ${shown(mib)} MiB for ${shown(lines)} checks, ${shown(rows)} rows`,
    ),
  };
}

function segment(entryOf: (n: number) => Pick<CheckEntry, "code" | "seen" | "told">): string[] {
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
    }).trimEnd();
    bytes += line.length + 1;
    lines.push(line);
  }
  return lines;
}
