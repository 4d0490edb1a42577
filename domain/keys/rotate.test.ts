import { beforeEach, describe, expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeClock, makeKey, makeProject, makeUser } from "#test/people.ts";
import { endSecret } from "./end-secret.ts";
import { getKey } from "./list.ts";
import { rotateKey } from "./rotate.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
});

describe("rotating", () => {
  test("the key stays, its secret is new, and the old one ends after the overlap", async () => {
    const created = await makeKey(ctx, projectId);
    const input = { projectId, keyId: created.key.id, overlapSeconds: 3_600 };
    const { key, secret } = await rotateKey({ ctx, input });
    expect(key.id).toBe(created.key.id);
    expect(secret).not.toBe(created.secret);
    expect(key.secrets.map(({ hint, lapsesAt }) => [hint, lapsesAt])).toEqual([
      [key.hint, null],
      [created.key.hint, new Date(clock.now() + HOUR_MS).toISOString()],
    ]);
  });

  test("a secret is listed only while it works", async () => {
    const { key } = await makeKey(ctx, projectId);
    const input = { projectId, keyId: key.id };
    await rotateKey({ ctx, input: { ...input, overlapSeconds: 60 } });
    clock.advance(59_999);
    expect((await getKey({ ctx, input })).secrets).toHaveLength(2);
    clock.advance(1);
    expect((await getKey({ ctx, input })).secrets).toHaveLength(1);
    const { key: rotated } = await rotateKey({ ctx, input: { ...input, overlapSeconds: 0 } });
    expect(rotated.secrets).toMatchObject([{ hint: rotated.hint, lapsesAt: null }]);
  });

  test("a rotation during an overlap is rejected and changes nothing, even if two arrive at once", async () => {
    const { key } = await makeKey(ctx, projectId);
    const input = { projectId, keyId: key.id, overlapSeconds: 86_400 };
    const [first, second] = await Promise.allSettled([rotateKey({ ctx, input }), rotateKey({ ctx, input })]);
    const rejected = first.status === "rejected" ? first : second;
    expect([first.status, second.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(rejected).toMatchObject({
      reason: { code: "conflict", problem: "OVERLAP_RUNNING", message: expect.stringContaining(key.hint) },
    });
    const withoutOverlap = rotateKey({ ctx, input: { ...input, overlapSeconds: 0 } });
    await expect(withoutOverlap).rejects.toMatchObject({ problem: "OVERLAP_RUNNING" });
    expect(await db.read.q.select().from(db.read.t.secrets)).toHaveLength(2);
  });

  test("a rotation after an overlap needs no confirmation", async () => {
    const { key } = await makeKey(ctx, projectId);
    const input = { projectId, keyId: key.id, overlapSeconds: 60 };
    await rotateKey({ ctx, input });
    clock.advance(60_000);
    expect((await rotateKey({ ctx, input })).key.secrets).toHaveLength(2);
  });

  test("rotating twice with endOlder leaves at most two secrets alive", async () => {
    const { key } = await makeKey(ctx, projectId);
    const input = { projectId, keyId: key.id, overlapSeconds: 86_400, endOlder: true };
    await Promise.all([rotateKey({ ctx, input }), rotateKey({ ctx, input })]);
    const rows = await db.read.q.select().from(db.read.t.secrets);
    const alive = rows.filter(({ overlapEndsAt }) => overlapEndsAt === null || overlapEndsAt > clock.now());
    expect(rows).toHaveLength(3);
    expect(alive).toHaveLength(2);
    expect(alive.filter(({ overlapEndsAt }) => overlapEndsAt === null)).toHaveLength(1);
  });

  test("an overlap can be ended early, the current secret can't", async () => {
    const { key } = await makeKey(ctx, projectId);
    const rotated = await rotateKey({ ctx, input: { projectId, keyId: key.id, overlapSeconds: 60 } });
    const [current, older] = rotated.key.secrets;
    const end = (secretId = "") => endSecret({ ctx, input: { projectId, keyId: key.id, secretId } });
    await expect(end(current?.id)).rejects.toMatchObject({ code: "conflict" });
    const ended = await end(older?.id);
    expect(ended.secrets.map(({ id }) => id)).toEqual([current?.id]);
    // Ending what has ended is no mistake.
    expect(await end(older?.id)).toEqual(ended);
    await expect(end("sec_none")).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a secret whose response was lost", () => {
  test("is replaced without ending the older one, which production sends", async () => {
    const { key } = await makeKey(ctx, projectId);
    const input = { projectId, keyId: key.id, overlapSeconds: 86_400 };
    const { key: lost } = await rotateKey({ ctx, input });
    const older = lost.secrets.find(({ lapsesAt }) => lapsesAt !== null);
    clock.advance(1_000);
    const { key: replaced } = await rotateKey({ ctx, input: { ...input, replaceUnseen: true } });
    expect(replaced.secrets).toHaveLength(2);
    expect(replaced.secrets[1]).toEqual(older);
    expect(replaced.hint).not.toBe(lost.hint);
  });

  test("is not replaced that way after a request has used it", async () => {
    const { key } = await makeKey(ctx, projectId);
    const input = { projectId, keyId: key.id, overlapSeconds: 86_400 };
    await rotateKey({ ctx, input });
    await db.write(({ q, t }) => q.update(t.secrets).set({ lastUsedAt: clock.now() }));
    await expect(rotateKey({ ctx, input: { ...input, replaceUnseen: true } })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});
