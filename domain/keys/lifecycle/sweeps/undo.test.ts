import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "#core/ids.ts";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { ctxOf, makeAdmin, START } from "#test/people.ts";
import {
  add,
  clock,
  ctx,
  db,
  preview,
  projectId,
  setUpOldProject,
  statusOf,
  sweepOf,
  work,
} from "#test/sweep-fixture.ts";
import { revokeKeys } from "../../../admin/keys.ts";
import { restoreKey } from "../../restore.ts";
import { revokeKey } from "../../revoke.ts";
import { deleteUnusedPreviews } from "./delete-previews.ts";
import { listSweptKeys } from "./read.ts";
import { startSweep, undoSweep } from "./start.ts";

setUpOldProject();

test("undoing a sweep restores the keys it revoked and none that someone else revoked since", async () => {
  clock.set(START);
  const [a, b] = [await add("a"), await add("b")];
  const { id: sweepId } = await preview();
  await startSweep({ ctx, input: { sweepId } });
  await work();
  clock.set(START + DAY_MS);
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
    Array(2).fill("Someone else restored or revoked it after the sweep."),
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
  clock.set(START + DAY_MS);
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
  clock.advance(8 * DAY_MS);
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
  clock.set(START + 30 * DAY_MS);
  await expect(undoSweep({ ctx, input: { sweepId } })).rejects.toMatchObject({ code: "conflict" });
  await add("b");
  const later = await preview();
  clock.advance(25 * HOUR_MS);
  await expect(startSweep({ ctx, input: { sweepId: later.id } })).rejects.toMatchObject({ code: "conflict" });
});
