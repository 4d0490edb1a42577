import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, desc, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NO_CLIENT } from "#core/client.ts";
import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb, testDialect } from "#test/db.ts";
import { allowedCheck } from "#test/journal-entry.ts";
import { START } from "#test/people.ts";
import { type CheckEntry, writeLine } from "../journal/entry.ts";
import { ObservationAggregate } from "./aggregate-observations.ts";
import { prune } from "./prune.ts";
import { storeSegments } from "./store-segments.ts";

const DAY = startOf(DAY_MS, START);
const allowed = allowedCheck();
const details = { code: "IP_NOT_ALLOWED", observed: { clientIp: "203.0.113.9" }, client: NO_CLIENT } as const;
const denied: CheckEntry = { ...allowed, code: "IP_NOT_ALLOWED", units: 0, seen: null, details };
const from = (address: string): CheckEntry => ({ ...allowed, seen: { address, origin: "", app: "" } });
const ipAddressOf = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;

/** By chance that is the same in every run. */
function shuffled<Item>(items: Item[], seed = 20_261_123): Item[] {
  let at = seed;
  const keyed = items.map((item) => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648;
    return { item, at };
  });
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

let db: Db;
let dir: string;
let segments = 0;
beforeEach(async () => {
  db = await openTestDb();
  dir = await mkdtemp(join(tmpdir(), "latchkey-seen-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function count(entries: CheckEntry[]): Promise<void> {
  await writeFile(join(dir, `seg_${segments++}.closed`), entries.map(writeLine).join(""));
  await storeSegments(db, dir, () => START);
}

async function addresses(keyId = "key_1"): Promise<Record<string, number>> {
  const { clientObservations } = db.read.t;
  const rows = await db.read.q
    .select()
    .from(clientObservations)
    .where(and(eq(clientObservations.keyId, keyId), eq(clientObservations.kind, "address")));
  return Object.fromEntries(rows.map((row) => [row.value, row.count]));
}

async function keptDenials(keyId: string): Promise<{ at: number; reportOnly: boolean }[]> {
  const { denials } = db.read.t;
  return db.read.q
    .select({ at: denials.at, reportOnly: denials.reportOnly })
    .from(denials)
    .where(eq(denials.keyId, keyId))
    .orderBy(desc(denials.at));
}

describe("client observations", () => {
  test("are counted by key, secret, kind and day, without denials", async () => {
    const other = { ...allowed, secretId: "sec_2", atMs: START + DAY_MS };
    const app = { ...allowed, seen: { address: "", origin: "https://example.com", app: "ios:com.example" } };
    await count([allowed, { ...allowed, atMs: START + 5 }, other, app, denied]);
    const { clientObservations } = db.read.t;
    const rows = await db.read.q.select().from(clientObservations);
    const values = rows.map((row) => [row.secretId, row.kind, row.day, row.value, row.count, row.lastSeenAt]);
    expect(new Set(values.map(String))).toEqual(
      new Set(
        [
          ["sec_1", "address", DAY, "198.51.100.7", 2, START + 5],
          ["sec_1", "address", DAY, "", 1, START],
          ["sec_1", "origin", DAY, "", 2, START + 5],
          ["sec_1", "origin", DAY, "https://example.com", 1, START],
          ["sec_1", "app", DAY, "", 2, START + 5],
          ["sec_1", "app", DAY, "ios:com.example", 1, START],
          ["sec_2", "address", DAY + DAY_MS, "198.51.100.7", 1, START + DAY_MS],
          ["sec_2", "origin", DAY + DAY_MS, "", 1, START + DAY_MS],
          ["sec_2", "app", DAY + DAY_MS, "", 1, START + DAY_MS],
        ].map(String),
      ),
    );
  });

  test("are counted once even if a segment is read twice, and added up over segments", async () => {
    await writeFile(join(dir, "kept"), [allowed, from("198.51.100.8")].map(writeLine).join(""));
    for (const _ of [1, 2]) {
      await copyFile(join(dir, "kept"), join(dir, "seg_same.closed"));
      await storeSegments(db, dir, () => START);
    }
    await count([allowed]);
    expect(await addresses()).toEqual({ "198.51.100.7": 2, "198.51.100.8": 1 });
  });

  test.each([
    ["first", (regular: CheckEntry[], flood: CheckEntry[]) => [...regular, ...flood]],
    ["last", (regular: CheckEntry[], flood: CheckEntry[]) => [...flood, ...regular]],
    ["among them", (regular: CheckEntry[], flood: CheckEntry[]) => shuffled([...regular, ...flood])],
  ])(
    "are bounded during a flood, with an exact sum and the most frequent value kept if it comes %s",
    async (_, inOrder) => {
      let sum = 0;
      for (let round = 0; round < 4; round++) {
        const flood = Array.from({ length: 2_700 }, (_, n) => from(ipAddressOf(round * 2_700 + n)));
        const regular = Array.from({ length: 300 }, () => allowed);
        await count(inOrder(regular, flood));
        sum += 3_000;
      }
      const seen = await addresses();
      expect(Object.keys(seen).length).toBeLessThanOrEqual(402);
      expect(Object.values(seen).reduce((all, one) => all + one, 0)).toBe(sum);
      expect(seen["198.51.100.7"]).toBe(1_200);
      expect(seen["*"]).toBeGreaterThan(8_000);
    },
  );

  // In memory only, so one run is enough.
  if (testDialect() === "sqlite") {
    test("in any order keep all frequent values, with counts that are never too high", () => {
      fc.assert(
        fc.property(fc.nat(1_000_000), (seed) => {
          const frequent = Array.from({ length: 100 }, (_, n) => from(ipAddressOf(n)));
          const rare = Array.from({ length: 4_000 }, (_, n) => from(ipAddressOf(1_000 + n)));
          const calls = shuffled([...Array.from({ length: 30 }, () => frequent).flat(), ...rare], seed);
          const aggregate = new ObservationAggregate();
          for (const [n, call] of calls.entries()) {
            aggregate.add({ ...call, count: 1, details: "" }, call.atMs);
            // The limits of address, site and app, plus "" and `OTHERS` for each.
            expect(aggregate.size, `after ${n} calls`).toBeLessThanOrEqual(3 * 802);
          }
          const counts = new Map(
            aggregate.rows.filter(([, , kind]) => kind === "address").map((row) => [row[4], row[5]]),
          );
          expect(counts.size).toBeLessThanOrEqual(402);
          expect([...counts.values()].reduce((all, one) => all + one, 0)).toBe(calls.length);
          const kept = Array.from({ length: 100 }, (_, n) => counts.get(ipAddressOf(n)) ?? 0);
          expect(Math.max(...kept)).toBeLessThanOrEqual(30);
          expect(Math.min(...kept)).toBeGreaterThan(10);
        }),
        { numRuns: 20 },
      );
    });
  }

  test("of a slow flood are merged by pruning, without changing the sum", async () => {
    // Storing 20 at once would merge them.
    for (let at = 0; at < 513; at += 19) {
      await count(Array.from({ length: 19 }, (_, n) => from(ipAddressOf(at + n))));
    }
    expect(Object.keys(await addresses())).toHaveLength(513);
    expect(await prune(db, START, null)).toBe(true);
    const seen = await addresses();
    expect(Object.keys(seen)).toHaveLength(101);
    expect(Object.values(seen).reduce((all, one) => all + one, 0)).toBe(513);
  });

  test("are not lost when two verifiers store and merge them at once", async () => {
    const flood = (first: number) => Array.from({ length: 450 }, (_, n) => from(ipAddressOf(first + n)));
    const dirs = await Promise.all(["x", "y"].map((name) => mkdtemp(join(dir, name))));
    for (const [at, folder] of dirs.entries()) {
      for (let round = 0; round < 3; round++) {
        const lines = flood(at * 200 + round * 150)
          .map(writeLine)
          .join("");
        await writeFile(join(folder, `seg_${at}_${round}.closed`), lines);
      }
    }
    await Promise.all(dirs.map((folder) => storeSegments(db, folder, () => START)));
    const seen = await addresses();
    expect(Object.values(seen).reduce((all, one) => all + one, 0)).toBe(2 * 3 * 450);
  });

  test("are deleted after 35 days", async () => {
    await count([allowed, { ...allowed, atMs: START - 36 * DAY_MS }]);
    expect(await prune(db, START, null)).toBe(true);
    expect(await addresses()).toEqual({ "198.51.100.7": 1 });
  });
});

describe("denials", () => {
  test("of known keys are stored with their details", async () => {
    await count([denied, { ...denied, details: null, keyId: "", projectId: "", code: "KEY_NOT_FOUND" }]);
    const rows = await db.read.q.select().from(db.read.t.denials);
    expect(rows).toMatchObject([
      {
        projectId: "prj_1",
        keyId: "key_1",
        at: START,
        code: "IP_NOT_ALLOWED",
        reportOnly: false,
        environment: "live",
        api: "badges",
        operation: "",
        observed: { clientIp: "203.0.113.9" },
        client: NO_CLIENT,
      },
    ]);
  });

  test("of an attacked project are limited to little more than the newest 1,000, and a quiet key keeps its own", async () => {
    const quiet = Array.from({ length: 150 }, (_, n) => ({
      ...denied,
      keyId: "key_quiet",
      atMs: START + n,
    }));
    await count(quiet);
    for (let round = 1; round <= 3; round++) {
      await count(Array.from({ length: 1_500 }, (_, n) => ({ ...denied, atMs: START + round * 10_000 + n })));
    }
    const attacked = await keptDenials("key_1");
    expect(attacked).toHaveLength(1_000);
    expect(attacked[0]?.at).toBe(START + 31_499);
    expect(attacked.at(-1)?.at).toBe(START + 30_500);
    const kept = await keptDenials("key_quiet");
    expect(kept).toHaveLength(100);
    expect(kept.at(-1)?.at).toBe(START + 50);
  });

  test("of many pending segments are limited to the newest 1,000, in any order of their names", async () => {
    for (const [name, round] of [
      ["z", 1],
      ["a", 2],
      ["m", 0],
    ] as const) {
      const entries = Array.from({ length: 2_000 }, (_, n) => ({
        ...denied,
        atMs: START + round * 2_000 + n,
      }));
      await writeFile(join(dir, `seg_${name}.closed`), entries.map(writeLine).join(""));
    }
    await storeSegments(db, dir, () => START);
    const kept = await keptDenials("key_1");
    expect(kept).toHaveLength(1_000);
    expect(kept[0]?.at).toBe(START + 5_999);
    expect(kept.at(-1)?.at).toBe(START + 5_000);
  });

  test("that came slowly are trimmed by pruning, and deleted after 30 days", async () => {
    await count([{ ...denied, keyId: "key_old", atMs: START - 31 * DAY_MS }]);
    for (let at = 0; at < 1_200; at += 150) {
      await count(Array.from({ length: 150 }, (_, n) => ({ ...denied, atMs: START + at + n })));
    }
    expect(await keptDenials("key_1")).toHaveLength(1_200);
    expect(await prune(db, START, null)).toBe(true);
    expect(await keptDenials("key_1")).toHaveLength(1_000);
    expect(await keptDenials("key_old")).toEqual([]);
  });

  test("that are report-only are stored separately from actual ones", async () => {
    await count([denied]);
    const reportOnly = { ...allowed, trial: { since: START, code: "IP_NOT_ALLOWED" } as const, details };
    await count(Array.from({ length: 1_500 }, (_, n) => ({ ...reportOnly, atMs: START + 1 + n })));
    const kept = await keptDenials("key_1");
    expect(kept.filter(({ reportOnly }) => reportOnly)).toHaveLength(1_000);
    expect(kept.filter(({ reportOnly }) => !reportOnly)).toHaveLength(1);
  });
});

test("report-only verdicts are counted by restrictions, hour and code, including allowed requests", async () => {
  const reportOnly = (since: number, code: "VALID" | "IP_NOT_ALLOWED", atMs = START): CheckEntry => ({
    ...allowed,
    atMs,
    trial: { since, code },
  });
  await count([
    reportOnly(1, "VALID"),
    reportOnly(1, "VALID"),
    reportOnly(1, "IP_NOT_ALLOWED"),
    reportOnly(2, "VALID"),
    allowed,
  ]);
  await count([reportOnly(1, "VALID"), reportOnly(1, "VALID", START + HOUR_MS)]);
  const { keyId, since, bucket, code, count: counted } = db.read.t.reportOnlyCounts;
  const rows = await db.read.q
    .select({ keyId, since, bucket, code, counted })
    .from(db.read.t.reportOnlyCounts)
    .orderBy(since, bucket, code);
  const hour = startOf(HOUR_MS, START);
  expect(rows).toEqual([
    { keyId: "key_1", since: 1, bucket: hour, code: "IP_NOT_ALLOWED", counted: 1 },
    { keyId: "key_1", since: 1, bucket: hour, code: "VALID", counted: 3 },
    { keyId: "key_1", since: 1, bucket: hour + HOUR_MS, code: "VALID", counted: 1 },
    { keyId: "key_1", since: 2, bucket: hour, code: "VALID", counted: 1 },
  ]);
});
