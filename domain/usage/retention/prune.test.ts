import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { newId } from "#core/ids.ts";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import type { UserActor } from "../../context.ts";
import { deleteExpired } from "./prune.ts";

let db: Db;
let owner: UserActor;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  owner = await makeUser(db);
  projectId = await makeProject(db, owner);
});

/** A clock that advances by `stepMs` each time it is read. */
function steps(stepMs: number): () => number {
  let shown = 0;
  return () => {
    shown += stepMs;
    return shown;
  };
}
const prune = (stepMs = 1) => deleteExpired({ db, now: () => START, clock: steps(stepMs) });

async function addEvents(ageDays: number, count = 1): Promise<string[]> {
  const at = START - ageDays * DAY_MS;
  const ids = Array.from({ length: count }, () => newId("event"));
  const common = { at, kind: "key.enabled" as const, projectId, subjectId: "key_1", subjectName: "checkout" };
  await db.write(async ({ q, t }) => {
    await q.insert(t.events).values(ids.map((id) => ({ id, ...common, actorName: "Ada", data: {} })));
    const notice = { userId: owner.userId, at, mail: "none" as const, mailAt: at };
    await q.insert(t.notifications).values(ids.map((eventId) => ({ eventId, ...notice })));
  });
  return ids;
}

test("events and their notifications are deleted after half a year, however many there are", async () => {
  await addEvents(181, 300);
  const [kept] = await addEvents(179);
  expect(await prune()).toMatchObject({ events: 300, notifications: 300 });
  const { q, t } = db.read;
  expect(await q.select({ id: t.events.id }).from(t.events)).toEqual([{ id: kept }]);
  expect(await q.select({ id: t.notifications.eventId }).from(t.notifications)).toEqual([{ id: kept }]);
});

test("batches become smaller if they take long, and the rest is left for the next run", async () => {
  await addEvents(181, 300);
  const { notifications } = await prune(150);
  expect(notifications).toBeGreaterThan(0);
  expect(notifications).toBeLessThan(10);
  await prune();
  expect(await db.read.q.select().from(db.read.t.events)).toEqual([]);
});

test("deliveries are deleted after 30 days, except pending ones", async () => {
  const [eventId = ""] = await addEvents(40);
  const webhookId = newId("webhook");
  await db.write(async ({ q, t }) => {
    await q.insert(t.webhooks).values({
      id: webhookId,
      projectId,
      url: "https://example.com",
      kinds: [],
      sealedSecret: "sealed",
      createdAt: START,
      createdBy: owner.userId,
    });
    const row = (id: string, state: "due" | "delivered" | "failed", ageDays: number) => {
      const at = START - ageDays * DAY_MS;
      return { id, webhookId, eventId, at, state, tries: 1, dueAt: at, attempts: [] };
    };
    await q
      .insert(t.deliveries)
      .values([
        row("old", "delivered", 31),
        row("older", "failed", 40),
        row("waiting", "due", 31),
        row("new", "failed", 29),
      ]);
  });
  await prune();
  const { deliveries } = db.read.t;
  const left = await db.read.q.select({ id: deliveries.id }).from(deliveries);
  expect(left.map(({ id }) => id).sort()).toEqual(["new", "waiting"]);
});

test("sessions and links are deleted a week after their end, and failed sign-ins after a day", async () => {
  await db.write(async ({ q, t }) => {
    const session = (id: string, expiresDays: number, endedDays: number | null) => ({
      id,
      userId: owner.userId,
      createdAt: START - 40 * DAY_MS,
      lastSeenAt: START,
      expiresAt: START + expiresDays * DAY_MS,
      endedAt: endedDays === null ? null : START + endedDays * DAY_MS,
    });
    await q
      .insert(t.sessions)
      .values([
        session("runs", 1, null),
        session("ran out", -8, null),
        session("ended", 1, -8),
        session("just ended", 1, -6),
      ]);
    const failure = (subject: string, hours: number) => {
      const at = START - hours * HOUR_MS;
      return { subject, failures: 3, lastFailedAt: at, blockedUntil: at + 1 };
    };
    await q.insert(t.signInFailures).values([failure("old", 25), failure("new", 23)]);
    const link = (id: string, expiresDays: number) => ({
      id,
      kind: "password-reset" as const,
      hash: id,
      userId: owner.userId,
      email: "ada@example.com",
      createdAt: START - 40 * DAY_MS,
      expiresAt: START + expiresDays * DAY_MS,
    });
    await q.insert(t.accountLinks).values([link("old", -8), link("expired", -6)]);
  });
  await prune();
  const { q, t } = db.read;
  const sessions = await q.select({ id: t.sessions.id }).from(t.sessions);
  expect(sessions.map(({ id }) => id).sort()).toEqual(["just ended", "runs"]);
  const failures = await q.select({ subject: t.signInFailures.subject }).from(t.signInFailures);
  expect(failures).toEqual([{ subject: "new" }]);
  expect(await q.select({ id: t.accountLinks.id }).from(t.accountLinks)).toEqual([{ id: "expired" }]);
});

test("an old leak stays recorded for as long as its secret can be used", async () => {
  const ctx = ctxOf(db, owner);
  const [lapsed, alive] = [await makeKey(ctx, projectId), await makeKey(ctx, projectId)];
  await db.write(async ({ q, t }) => {
    for (const { key } of [lapsed, alive]) {
      const secretId = key.secrets[0]?.id ?? "";
      const of = { keyId: key.id, secretId, projectId, environment: "live" as const };
      const seen = { at: START - 366 * DAY_MS, source: "github" as const, url: "", keyDisabled: false };
      await q.insert(t.leaks).values({ id: newId("leak"), ...of, ...seen });
    }
    await q
      .update(t.secrets)
      .set({ overlapEndsAt: START - DAY_MS })
      .where(eq(t.secrets.keyId, lapsed.key.id));
  });
  await prune();
  const { leaks } = db.read.t;
  expect(await db.read.q.select({ keyId: leaks.keyId }).from(leaks)).toEqual([{ keyId: alive.key.id }]);
});
