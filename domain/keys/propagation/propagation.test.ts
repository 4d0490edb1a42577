import { beforeEach, expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { FeedGaps } from "#db/tables/audit.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeProject, makeUser, START, TEST_SETTINGS } from "#test/people.ts";
import { listVerifiers } from "../../admin/verifiers.ts";
import type { Ctx } from "../../context.ts";
import { getPropagation } from "./read.ts";

const clock = makeClock();
let db: Db;
let ctx: Ctx;
let projectId: string;
beforeEach(async () => {
  clock.set(START);
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
});

const commit = (...seqs: number[]) =>
  db.write(({ q, t }) =>
    q
      .insert(t.changes)
      .values(seqs.map((seq) => ({ seq, kind: "key" as const, subject: "key_1", at: START }))),
  );
const heartbeat = (id: string, feedSeq: number, feedGaps: FeedGaps | null = null, lastSeenAt = START) =>
  db.write(({ q, t }) =>
    q
      .insert(t.verifiers)
      .values({ id, feedSeq, feedGaps, lastSeenAt, address: "here", version: "1", startedAt: 0 }),
  );
const reach = (seq?: number, more: Partial<Ctx> = {}) =>
  getPropagation({ ctx: { ...ctx, ...more }, input: { projectId, seq } });

test("a change is applied everywhere once every verifier has applied it", async () => {
  await commit(1, 2);
  await heartbeat("ver_current", 2);
  await heartbeat("ver_behind", 1);
  expect(await reach()).toEqual({ seq: 2, verifiers: 2, reached: 1 });
  expect(await reach(1)).toEqual({ seq: 1, verifiers: 2, reached: 2 });
});

test("a change that was committed after a higher one is pending for verifiers that have not read it", async () => {
  await commit(101);
  await heartbeat("ver_1", 101, [[98, 100]]);
  expect(await reach()).toEqual({ seq: 101, verifiers: 1, reached: 1 });
  await commit(100);
  expect(await reach()).toEqual({ seq: 101, verifiers: 1, reached: 0 });
  // It has not missed any lower change.
  expect((await reach(99)).reached).toBe(1);
});

test("a silent verifier counts for as long as it may answer from its cache", async () => {
  await commit(1);
  await heartbeat("ver_cut_off", 0);
  clock.advance(65_000);
  expect(await reach()).toMatchObject({ verifiers: 1, reached: 0 });
  clock.advance(60_000);
  expect(await reach()).toMatchObject({ verifiers: 0 });
  const settings = { ...TEST_SETTINGS, staleMaxSeconds: 3_600 };
  expect(await reach(undefined, { settings })).toMatchObject({ verifiers: 1, reached: 0 });
  clock.advance(HOUR_MS);
  expect(await reach(undefined, { settings })).toMatchObject({ verifiers: 0 });
});

test("a service that verifies keys in its own process counts while it reports", async () => {
  await commit(1, 2);
  await heartbeat("ver_current", 2);
  await db.write(({ q, t }) =>
    q.insert(t.localVerifiers).values({
      id: "loc_1",
      serviceTokenId: "svt_1",
      address: "web-1",
      version: "1",
      startedAt: START,
      feedSeq: 1,
      feedGaps: null,
      lastSeenAt: START,
    }),
  );
  expect(await reach()).toEqual({ seq: 2, verifiers: 2, reached: 1 });
  const admin = ctxOf(db, await makeAdmin(db), { clock });
  const { items } = await listVerifiers({ ctx: admin, input: {} });
  expect(
    items.map(({ kind, address, behind, serviceToken }) => [kind, address, behind, serviceToken]),
  ).toEqual([
    ["verifier", "here", 0, null],
    ["local", "web-1", 1, { id: "svt_1", name: "svt_1" }],
  ]);
  clock.advance(10_001);
  expect(await reach()).toEqual({ seq: 2, verifiers: 1, reached: 1 });
});
