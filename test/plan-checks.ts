import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import type { Db } from "#db/open.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import type { Ctx } from "#domain/context.ts";
import { createPlan } from "#domain/plans/create.ts";
import { createPlanSchema } from "#domain/plans/schema.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { answer } from "#engine/check/answer.ts";
import type { Reply } from "#engine/check/reply.ts";
import { Engine } from "#engine/engine.ts";
import { Journal } from "#engine/journal/journal.ts";
import { MemoryLimiter } from "#engine/limits/memory.ts";
import { usageBackfill } from "#engine/limits/usage-backfill.ts";
import { openTestDb } from "./db.ts";
import {
  type Clock,
  ctxOf,
  makeAdmin,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeServiceToken,
} from "./people.ts";
import { readerUrlOf } from "./reused-databases.ts";

/** The current test's project and its verifier. `setUpPlanChecks` sets it, and `plan` its key. */
export const site = {} as {
  db: Db;
  clock: Clock;
  /** An administrator, who owns the project. */
  ctx: Ctx;
  projectId: string;
  secret: string;
  keyId: string;
};
let service: string;
let dir: string;
let journal: Journal;
let engine: Engine;
let monotonicMs: number;

/** A verifier with the APIs `badges` and `search`. */
export function setUpPlanChecks(): void {
  beforeEach(async () => {
    site.db = await openTestDb();
    site.clock = makeClock();
    monotonicMs = 0;
    const admin = await makeAdmin(site.db);
    site.ctx = ctxOf(site.db, admin, { clock: site.clock });
    site.projectId = await makeProject(site.db, admin);
    await makeApi(site.db, "badges", {
      operations: ["badges.sync", "export.all", { name: "export.one", method: "GET", path: "/export" }],
    });
    await makeApi(site.db, "search");
    service = (await makeServiceToken(site.db)).token;
    dir = await mkdtemp(join(tmpdir(), "latchkey-plans-"));
    journal = new Journal(dir);
    engine = await begin();
  });
  afterEach(async () => {
    await engine.stop();
    await rm(dir, { recursive: true, force: true });
  });
}

async function begin(): Promise<Engine> {
  const { db, clock } = site;
  const limiter = new MemoryLimiter({ backfill: usageBackfill(db), clock: () => monotonicMs });
  const settings = { keyPrefix: "lk", staleMaxSeconds: 60, cacheKeys: 100, cacheBytes: 64 * 1_048_576 };
  const begun = new Engine({
    db,
    listenUrl: readerUrlOf(db),
    settings,
    limiter,
    journal,
    now: clock.now,
    clock: () => monotonicMs,
  });
  await begun.start();
  return begun;
}

/** Restarts the verifier, which loses its counters. */
export async function restart(): Promise<void> {
  await engine.stop();
  engine = await begin();
}

/** Applies the changes that were written. */
export async function caughtUp(): Promise<void> {
  site.clock.advance(10);
  monotonicMs += 10;
  const { q, t } = site.db.read;
  const rows = await q.select({ seq: t.changes.seq }).from(t.changes);
  engine.feed.wake();
  await expect
    .poll(() => engine.feed.appliedSeq)
    .toBeGreaterThanOrEqual(Math.max(...rows.map(({ seq }) => seq)));
}

export async function post(body: object) {
  const asked = {
    batch: false,
    authorization: `Bearer ${service}`,
    contentType: "application/json",
    body: Buffer.from(JSON.stringify(body)),
  };
  const watch = { answered() {}, failed() {} };
  const reply = await new Promise<Reply>((respond) => answer(engine, asked, watch, respond));
  return JSON.parse(reply.body);
}

export const check = (operation?: string, more = {}) =>
  post({ key: site.secret, api: "badges", operation, ...more });

export async function codes(count: number, operation?: string): Promise<string[]> {
  const list: string[] = [];
  for (let n = 0; n < count; n++) list.push((await check(operation)).code);
  return list;
}

/** Adds what was verified to the usage counts. */
export async function count(): Promise<void> {
  journal.rotate();
  await storeSegments(site.db, dir, site.clock.now);
}

/** Puts the project on a plan with these terms, and creates a key. */
export async function plan(terms: object, limits: object = {}): Promise<void> {
  const { ctx, projectId } = site;
  await createPlan({
    ctx,
    input: createPlanSchema.parse({ api: "badges", slug: "free", name: "Free", ...terms }),
  });
  for (const slug of ["badges", "search"]) await enableApi({ ctx, input: { projectId, slug } });
  const created = await makeKey(ctx, projectId, { limits });
  site.secret = created.secret;
  site.keyId = created.key.id;
  await caughtUp();
}

export const monthly = (name: string, limit: number, operations: string | null = null) => ({
  name,
  operations,
  quota: { limit, period: "month" },
});
export const perMinute = (name: string, limit: number, operations: string | null = null) => ({
  name,
  operations,
  rate: { limit, windowSeconds: 60 },
});
