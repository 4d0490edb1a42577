import { eq, inArray } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { ctxOf, makeAdmin, makeKey, START } from "#test/people.ts";
import {
  add,
  clock,
  ctx,
  db,
  owner,
  preview,
  projectId,
  setUpOldProject,
  statusOf,
  sweepOf,
  use,
  work,
} from "#test/sweep-fixture.ts";
import { listNotifications } from "../../../notifications/list.ts";
import { revokeKey } from "../../revoke.ts";
import { rotateKey } from "../../rotate.ts";
import { updateKey } from "../../update.ts";
import { exemptKey } from "../unused/exempt.ts";
import { listUnusedKeys } from "../unused/list.ts";
import { listUnusedSchema } from "../unused/schema.ts";
import { getSweep, listSweptKeys } from "./read.ts";
import { startSweep, undoSweep } from "./start.ts";

setUpOldProject();

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
  // One is used, and one is revoked by someone else.
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
  await exemptKey({ ctx, input: { keyId: exempted, reason: "once a year", until: START + DAY_MS } });
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
  const heartbeat = (countedUntil: number | null) =>
    db.write(({ q, t }) =>
      q
        .insert(t.verifiers)
        .values({
          id: "ver_1",
          address: "here",
          version: "1",
          startedAt: 0,
          feedSeq: 0,
          lastSeenAt: clock.now(),
          countedUntil,
        })
        .onConflictDoUpdate({ target: t.verifiers.id, set: { lastSeenAt: clock.now(), countedUntil } }),
    );
  beforeEach(async () => {
    clock.set(START);
    const keyId = await add("alive");
    ({ id: sweepId } = await preview());
    await heartbeat(START - 1);
    await startSweep({ ctx, input: { sweepId } });
    await work();
    // Counted only now.
    await use(keyId, START - 1);
  });

  test("delays the sweep until every verifier has counted it", async () => {
    expect(await sweepOf(sweepId)).toMatchObject({ state: "running", keys: { waiting: 1 } });
    clock.advance(2_000);
    await heartbeat(START + 1);
    await work();
    expect(await sweepOf(sweepId)).toMatchObject({ state: "done", keys: { used: 1, revoked: 0 } });
  });

  test("does not delay the sweep forever if a verifier has died", async () => {
    clock.advance(16_000);
    await work();
    expect((await sweepOf(sweepId)).state).toBe("done");
  });
});

test.each(["swp_none", "\0"])("a sweep that does not exist (%j) is not found", async (sweepId) => {
  await expect(getSweep({ ctx, input: { sweepId } })).rejects.toMatchObject({ code: "not-found" });
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

test("a sweep of all matching keys skips exempt ones; chosen keys are revoked if they are unused", async () => {
  clock.set(START);
  const [kept, other] = [await add("kept"), await add("other")];
  const used = await add("used", 1);
  await exemptKey({ ctx, input: { keyId: kept, reason: "once a year", until: START + DAY_MS } });
  expect((await preview()).keys.waiting).toBe(1);
  expect((await preview({ keyIds: [kept, other, used] })).keys.waiting).toBe(2);
  await expect(preview({ keyIds: [used] })).rejects.toMatchObject({ code: "invalid" });
});
