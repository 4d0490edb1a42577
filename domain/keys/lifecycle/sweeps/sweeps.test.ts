import { eq, inArray } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "#core/ids.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { revokeKeys } from "../../../admin/keys.ts";
import type { Ctx, UserActor } from "../../../context.ts";
import { listNotifications } from "../../../notifications/list.ts";
import { getKey } from "../../list.ts";
import { restoreKey } from "../../restore.ts";
import { revokeKey } from "../../revoke.ts";
import { rotateKey } from "../../rotate.ts";
import { updateKey } from "../../update.ts";
import { exemptKey } from "../unused/exempt.ts";
import { listUnusedKeys } from "../unused/list.ts";
import { listUnusedSchema } from "../unused/schema.ts";
import { deleteUnusedPreviews } from "./delete-previews.ts";
import { previewSweep } from "./preview.ts";
import { getSweep, listSweptKeys } from "./read.ts";
import { previewSweepSchema } from "./schema.ts";
import { startSweep, undoSweep } from "./start.ts";
import { workOnSweeps } from "./work.ts";

const DAY = 86_400_000;
const clock = makeClock();
let db: Db;
let ctx: Ctx;
let owner: UserActor;
let projectId: string;

beforeEach(async () => {
  clock.set(START - 200 * DAY);
  db = await openTestDb();
  owner = await makeUser(db);
  projectId = await makeProject(db, owner, "Chat");
  ctx = ctxOf(db, await makeAdmin(db), { clock });
});

/** A key created 200 days ago and last used `usedDaysAgo` days ago; null for never. */
async function add(name: string, usedDaysAgo: number | null = null): Promise<string> {
  const { key } = await makeKey(ctxOf(db, owner, { clock: makeClock(START - 200 * DAY) }), projectId, {
    name,
  });
  if (usedDaysAgo !== null) await use(key.id, START - usedDaysAgo * DAY);
  return key.id;
}
const use = (keyId: string, lastUsedAt: number) =>
  db.write((tx) => tx.q.update(tx.t.keys).set({ lastUsedAt }).where(eq(tx.t.keys.id, keyId)));
const preview = (fields: object = {}) =>
  previewSweep({
    ctx,
    input: previewSweepSchema.parse({ filter: { unusedForDays: 90 }, reason: "nobody uses them", ...fields }),
  });
const contextFor = (by: { userId: string; name: string }) =>
  ctxOf(db, { kind: "user", ...by, siteRole: "admin", via: "session", ipAddress: null }, { clock });
const work = () => workOnSweeps({ read: db.read, contextFor, clock: () => 0 });
const statusOf = async (keyId: string) => (await getKey({ ctx, input: { projectId, keyId } })).status;
const sweepOf = (sweepId: string) => getSweep({ ctx, input: { sweepId } });

test("unused keys are listed by idle time, with owners, in pages, without new and used keys", async () => {
  clock.set(START);
  const [old, never, oldest] = [await add("old", 120), await add("never"), await add("oldest", 150)];
  await add("used", 10);
  await makeKey(ctxOf(db, owner, { clock }), projectId, { name: "young" });
  const list = async (fields: object = {}) =>
    listUnusedKeys({ ctx, input: listUnusedSchema.parse({ unusedForDays: 90, ...fields }) });
  const all = await list();
  expect(all.items.map(({ id }) => id)).toEqual([never, oldest, old]);
  expect(all.total).toBe(3);
  expect(all.items[0]).toMatchObject({
    projectName: "Chat",
    owners: [{ id: owner.userId }],
    secretAgeDays: 200,
  });
  expect((await list({ used: "never" })).items.map(({ id }) => id)).toEqual([never]);
  expect((await list({ used: "once", sort: "-idleSince" })).items.map(({ id }) => id)).toEqual([old, oldest]);
  const first = await list({ limit: 2 });
  const second = await list({ limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([never, oldest, old]);
});

test("a sweep revokes the previewed keys, and skips and names those used meanwhile", async () => {
  clock.set(START);
  const [a, b, c] = [await add("a", 120), await add("b"), await add("c", 100)];
  const used = await add("used", 3);
  const sweep = await preview();
  expect(sweep).toMatchObject({ state: "preview", keys: { waiting: 3 }, projects: 1 });
  expect(await statusOf(a)).toBe("active");
  // One is used, and one is revoked by somebody else.
  await use(b, START - 1);
  await revokeKey({ ctx, input: { projectId, keyId: c } });
  await startSweep({ ctx, input: { sweepId: sweep.id } });
  await work();
  expect(await sweepOf(sweep.id)).toMatchObject({ state: "done", keys: { revoked: 1, used: 1, failed: 1 } });
  expect([await statusOf(a), await statusOf(b), await statusOf(used)]).toEqual([
    "revoked",
    "active",
    "active",
  ]);
  const left = await listSweptKeys({ ctx, input: { sweepId: sweep.id, limit: 50, state: "used" } });
  expect(left.items).toMatchObject([{ id: b, name: "b", note: "Was used since the preview." }]);
});

test("a key that was exempted, rotated or enabled since the preview is skipped, with the reason", async () => {
  clock.set(START);
  const [exempted, rotated, enabled] = [await add("exempted"), await add("rotated"), await add("enabled")];
  const set = (keyId: string, on: boolean) => updateKey({ ctx, input: { projectId, keyId, enabled: on } });
  await set(enabled, false);
  const { id: sweepId } = await preview();
  clock.advance(1_000);
  await exemptKey({ ctx, input: { keyId: exempted, reason: "once a year", until: START + DAY } });
  await rotateKey({ ctx, input: { projectId, keyId: rotated, overlapSeconds: 0 } });
  await set(enabled, true);
  await startSweep({ ctx, input: { sweepId } });
  await work();
  const { items } = await listSweptKeys({ ctx, input: { sweepId, limit: 50, state: "failed" } });
  expect(new Map(items.map(({ name, note }) => [name, note]))).toEqual(
    new Map([
      ["exempted", "Was exempted since the preview."],
      ["rotated", "Was rotated since the preview."],
      ["enabled", "Was enabled since the preview."],
    ]),
  );
  for (const keyId of [exempted, rotated, enabled]) expect(await statusOf(keyId)).toBe("active");
});

describe("a use just before the confirmation", () => {
  let sweepId: string;
  /** What a verifier says of itself. */
  const beat = (countedUntil: number | null) =>
    db.write(({ q, t }) =>
      q
        .insert(t.verifiers)
        .values({
          ...{ id: "ver_1", address: "here", version: "1", startedAt: 0, feedSeq: 0 },
          ...{ lastSeenAt: clock.now(), countedUntil },
        })
        .onConflictDoUpdate({ target: t.verifiers.id, set: { lastSeenAt: clock.now(), countedUntil } }),
    );
  beforeEach(async () => {
    clock.set(START);
    const keyId = await add("alive");
    ({ id: sweepId } = await preview());
    await beat(START - 1);
    await startSweep({ ctx, input: { sweepId } });
    await work();
    // Counted only now.
    await use(keyId, START - 1);
  });

  test("delays the sweep until every verifier has counted it", async () => {
    expect(await sweepOf(sweepId)).toMatchObject({ state: "running", keys: { waiting: 1 } });
    clock.advance(2_000);
    await beat(START + 1);
    await work();
    expect(await sweepOf(sweepId)).toMatchObject({ state: "done", keys: { used: 1, revoked: 0 } });
  });

  test("does not delay the sweep forever if a verifier has died", async () => {
    clock.advance(16_000);
    await work();
    expect((await sweepOf(sweepId)).state).toBe("done");
  });
});

test("the sweep names who confirmed it and who undid it, not who created the preview", async () => {
  clock.set(START);
  const keyId = await add("a");
  const { id: sweepId } = await preview();
  const [second, third] = [await makeAdmin(db), await makeAdmin(db)];
  await startSweep({ ctx: ctxOf(db, second, { clock }), input: { sweepId } });
  await work();
  await undoSweep({ ctx: ctxOf(db, third, { clock }), input: { sweepId } });
  await work();
  expect(await sweepOf(sweepId)).toMatchObject({
    startedBy: { id: second.userId, name: second.name },
    undoneBy: { id: third.userId, name: third.name },
  });
  const { audit } = db.read.t;
  const traces = await db.read.q.select().from(audit).where(eq(audit.subjectId, keyId)).orderBy(audit.seq);
  expect(traces.map(({ action, actorId }) => [action, actorId]).slice(1)).toEqual([
    ["key.revoked", second.userId],
    ["key.restored", third.userId],
  ]);
  const notices = await listNotifications({ ctx: ctxOf(db, owner), input: { limit: 50, unread: false } });
  expect(notices.items.map(({ by }) => by).sort()).toEqual([second.name, third.name].sort());
});

test("many keys are processed in batches, with audit entries and notices to the verifiers, and owners are notified once", async () => {
  clock.set(START);
  const ids: string[] = [];
  for (let n = 0; n < 450; n++) ids.push(await add(`key ${n}`));
  const { id: sweepId } = await preview();
  await startSweep({ ctx, input: { sweepId } });
  await Promise.all([work(), work()]);
  await work();
  expect((await sweepOf(sweepId)).keys.revoked).toBe(450);
  const { audit, changes, keys } = db.read.t;
  const traces = await db.read.q.select().from(audit).where(eq(audit.action, "key.revoked"));
  expect(traces).toHaveLength(450);
  expect(traces[0]).toMatchObject({
    before: { revokedAt: null },
    after: { revokedAt: expect.any(String), reason: "nobody uses them" },
  });
  const recorded = await db.read.q.select().from(changes).where(inArray(changes.subject, ids));
  expect(recorded.length).toBeGreaterThanOrEqual(900);
  expect((await db.read.q.select().from(keys).where(eq(keys.revokedAt, START))).length).toBe(450);
  const notices = await listNotifications({ ctx: ctxOf(db, owner), input: { limit: 50, unread: false } });
  expect(notices.items.map(({ kind, data }) => [kind, data.count])).toEqual([["keys.revoked", 450]]);
});

test("undoing a sweep restores the keys it revoked and none that somebody else revoked since", async () => {
  clock.set(START);
  const [a, b] = [await add("a"), await add("b")];
  const { id: sweepId } = await preview();
  await startSweep({ ctx, input: { sweepId } });
  await work();
  clock.set(START + DAY);
  await restoreKey({ ctx, input: { projectId, keyId: b } });
  await revokeKey({ ctx, input: { projectId, keyId: b } });
  await undoSweep({ ctx, input: { sweepId } });
  await work();
  expect(await sweepOf(sweepId)).toMatchObject({ state: "undone", keys: { restored: 1, failed: 1 } });
  expect([await statusOf(a), await statusOf(b)]).toEqual(["active", "revoked"]);
  const other = ctxOf(db, await makeAdmin(db), { clock });
  await expect(undoSweep({ ctx: other, input: { sweepId } })).rejects.toMatchObject({ code: "conflict" });
});

test("undoing a sweep leaves keys revoked that an administrator revoked individually after it, at any moment", async () => {
  clock.set(START);
  const [a, b, c] = [await add("a"), await add("b"), await add("c")];
  const { id: sweepId } = await preview();
  await startSweep({ ctx, input: { sweepId } });
  await work();
  const second = ctxOf(db, await makeAdmin(db), { clock });
  await revokeKey({ ctx: second, input: { projectId, keyId: a } });
  await undoSweep({ ctx, input: { sweepId } });
  await revokeKeys({ ctx: second, input: { keyIds: [b], reason: "leaked in a chat" } });
  await work();
  expect([await statusOf(a), await statusOf(b), await statusOf(c)]).toEqual(["revoked", "revoked", "active"]);
  const { items } = await listSweptKeys({ ctx, input: { sweepId, limit: 50, state: "failed" } });
  expect(items.map(({ note }) => note)).toEqual(
    Array(2).fill("Somebody else restored or revoked it after the sweep."),
  );
});

test("a sweep that the same administrator starts or undoes again, after a lost response, continues unchanged", async () => {
  clock.set(START);
  await add("a");
  const { id: sweepId } = await preview();
  const start = () => startSweep({ ctx, input: { sweepId } });
  const undo = () => undoSweep({ ctx, input: { sweepId } });
  expect(await start()).toEqual(await start());
  await work();
  expect((await start()).state).toBe("done");
  expect(await undo()).toEqual(await undo());
  await work();
  expect((await undo()).state).toBe("undone");
  await expect(start()).rejects.toMatchObject({ code: "conflict" });
  const { audit } = db.read.t;
  expect(await db.read.q.select().from(audit).where(eq(audit.action, "sweep.started"))).toHaveLength(1);
  expect(await db.read.q.select().from(audit).where(eq(audit.action, "sweep.undone"))).toHaveLength(1);
});

test("undoing recognizes the sweep's revocations, even if the portals' clocks differ", async () => {
  clock.set(START);
  const keyId = await add("a");
  const { id: sweepId } = await preview();
  await startSweep({ ctx, input: { sweepId } });
  // The clock of the portal that does the work is a minute behind that of the portal that got the request.
  clock.set(START - 60_000);
  await work();
  clock.set(START + DAY);
  await undoSweep({ ctx, input: { sweepId } });
  await work();
  expect((await sweepOf(sweepId)).keys.restored).toBe(1);
  expect(await statusOf(keyId)).toBe("active");
});

test("an abandoned preview is deleted after a week, a few keys per transaction", async () => {
  clock.set(START);
  const keyId = await add("a");
  const { id: sweepId } = await preview();
  await db.write(async ({ q, t: { keys, sweepKeys } }) => {
    const [row] = await q.select().from(keys).where(eq(keys.id, keyId));
    if (!row) throw new Error("the key is not there");
    const ids = Array.from({ length: 4_500 }, () => newId("key"));
    for (let at = 0; at < ids.length; at += 1_000) {
      const part = ids.slice(at, at + 1_000);
      await q.insert(keys).values(part.map((id) => ({ ...row, id })));
      await q
        .insert(sweepKeys)
        .values(part.map((id) => ({ sweepId, keyId: id, projectId, state: "waiting" as const })));
    }
  });
  const noted = async () => (await sweepOf(sweepId)).keys.waiting;
  const left: number[] = [];
  clock.advance(8 * DAY);
  await deleteUnusedPreviews(ctx, async () => void left.push(await noted()));
  expect(left).toEqual([2_501, 501, 0]);
  await expect(sweepOf(sweepId)).rejects.toMatchObject({ code: "not-found" });
});

test("a sweep can't be undone after 30 days, and an old preview can't be started", async () => {
  clock.set(START);
  await add("a");
  const { id: sweepId } = await preview();
  await startSweep({ ctx, input: { sweepId } });
  await work();
  clock.set(START + 30 * DAY);
  await expect(undoSweep({ ctx, input: { sweepId } })).rejects.toMatchObject({ code: "conflict" });
  await add("b");
  const later = await preview();
  clock.advance(25 * 3_600_000);
  await expect(startSweep({ ctx, input: { sweepId: later.id } })).rejects.toMatchObject({ code: "conflict" });
});

test("a sweep of all matching keys skips exempt ones; chosen keys are revoked if they are unused", async () => {
  clock.set(START);
  const [kept, other] = [await add("kept"), await add("other")];
  const used = await add("used", 1);
  await exemptKey({ ctx, input: { keyId: kept, reason: "once a year", until: START + DAY } });
  expect((await preview()).keys.waiting).toBe(1);
  expect((await preview({ keyIds: [kept, other, used] })).keys.waiting).toBe(2);
  await expect(preview({ keyIds: [used] })).rejects.toMatchObject({ code: "invalid" });
});
