import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { makeClock, makeServiceToken } from "#test/people.ts";
import { leaseJournal, Maintenance } from "./maintenance.ts";
import { Pacer } from "./pacer.ts";

let db: Db;
let dataDir: string;
let release: () => Promise<void>;
let maintenance: Maintenance;
let root: string;
let pauses = 0;
const clock = makeClock();
const self = { id: "ver_own", address: "a:1", version: "1", startedAt: clock.now(), limits: "" };

beforeEach(async () => {
  db = await openTestDb();
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-maintenance-"));
  const leased = await leaseJournal(dataDir, self.id);
  root = leased.root;
  release = () => leased.lease.release();
  pauses = 0;
  let workedMs = 0;
  const pacer = new Pacer({ clock: () => workedMs++, sleep: () => void pauses++ });
  maintenance = new Maintenance(db, root, leased.lease, { self, usageDaysMs: null }, clock.now, pacer);
});
afterEach(async () => {
  await release();
  await rm(dataDir, { recursive: true });
});

const completeCycle = (seq: number) => ({ feed: { seq, gaps: [] }, closedTo: clock.now() });

const heartbeats = async () => {
  const { verifiers } = db.read.t;
  const rows = await db.read.q
    .select({ id: verifiers.id, cycles: verifiers.aggregationCycles })
    .from(verifiers);
  return Object.fromEntries(rows.map(({ id, cycles }) => [id, cycles]));
};

test("a heartbeat reports how often all answered checks were counted", async () => {
  await maintenance.run(completeCycle(0));
  expect(await heartbeats()).toEqual({ ver_own: 1 });
  await maintenance.run({ ...completeCycle(0), closedTo: null });
  expect(await heartbeats()).toEqual({ ver_own: 1 });
  await maintenance.sendHeartbeat(completeCycle(7).feed);
  await maintenance.run(completeCycle(7));
  expect(await heartbeats()).toEqual({ ver_own: 2 });
});

test("the last use of a service token is stored, and never moved back", async () => {
  const { id } = await makeServiceToken(db);
  const lastUse = async (at: number) => {
    await maintenance.run({ ...completeCycle(0), serviceUses: [[id, at]] });
    const [row] = await db.read.q.select().from(db.read.t.serviceTokens);
    return row?.lastUsedAt;
  };
  expect(await lastUse(2_000)).toBe(2_000);
  expect(await lastUse(1_000)).toBe(2_000);
  const olderUse = async (at: number) => {
    await maintenance.run({ ...completeCycle(0), serviceUses: [[id, at]], olderServiceUses: [[id, at]] });
    const [row] = await db.read.q.select().from(db.read.t.serviceTokens);
    return [row?.lastUsedAt, row?.olderUsedAt];
  };
  expect(await olderUse(3_000)).toEqual([3_000, 3_000]);
  expect(await olderUse(2_500)).toEqual([3_000, 3_000]);
});

test("the heartbeat of a dead process is deleted once all of its checks are counted", async () => {
  const dead = { ...self, id: "ver_dead", feedSeq: 0, lastSeenAt: clock.now() };
  await db.write((tx) => tx.q.insert(tx.t.verifiers).values(dead));
  await mkdir(join(root, dead.id));
  await writeFile(join(root, dead.id, "seg_last.open"), "\n");
  await maintenance.run(completeCycle(0));
  expect(await heartbeats()).toEqual({ ver_own: 1 });
});

test("a cycle pauses while it reads a segment, unless it must not fall behind", async () => {
  const store = async (uncountedBytes: number) => {
    await writeFile(join(root, self.id, "seg_1.closed"), "\n".repeat(250));
    const before = pauses;
    await maintenance.run({ ...completeCycle(0), uncountedBytes });
    return pauses - before;
  };
  expect(await store(1_000)).toBeGreaterThanOrEqual(3);
  expect(await store(10_000_000)).toBe(0);
  expect(await store(1_000)).toBeGreaterThanOrEqual(3);
});
