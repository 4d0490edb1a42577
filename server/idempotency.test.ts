import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { makeAdmin, makeMember, makeProject, makeUser } from "#test/people.ts";
import { type IdempotentCall, runOnce, type StoredResponse } from "./idempotency.ts";
import { HttpError } from "./problem.ts";

let db: Db;
let token: string;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  const user = await makeUser(db);
  token = await makeManagementToken(db, user.userId);
  projectId = await makeProject(db, user);
});

const body = { name: "checkout", environment: "live" };
const make = (key: string, more: object = {}, as = token) =>
  apiOf(db)(as)("POST", `/projects/${projectId}/keys`, {
    body: { ...body, ...more },
    headers: { "Idempotency-Key": key },
  });
const countKeys = async () => (await db.read.q.select().from(db.read.t.keys)).length;

test("a repeated request gets the first response again, including the secret, and creates nothing", async () => {
  const first = await make("a");
  const again = await make("a");
  expect(first.status).toBe(201);
  expect(again.status).toBe(201);
  expect(again.text).toBe(first.text);
  expect(again.headers.get("location")).toBe(first.headers.get("location"));
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(await countKeys()).toBe(1);
});

test("other keys, other callers and requests without a key are separate requests", async () => {
  const other = await makeManagementToken(db, (await db.read.q.select().from(db.read.t.users))[0]?.id ?? "");
  await make("a");
  await make("b");
  await make("a", {}, other);
  await apiOf(db)(token)("POST", `/projects/${projectId}/keys`, { body });
  expect(await countKeys()).toBe(4);
});

test("a repeated request of someone who lost the role since gets no secret", async () => {
  const member = await makeMember(db, projectId, "developer");
  const token = await makeManagementToken(db, member.userId);
  const first = await make("a", {}, token);
  expect((await make("a", {}, token)).text).toBe(first.text);
  const mine = (t: Tables) =>
    and(eq(t.memberships.projectId, projectId), eq(t.memberships.userId, member.userId));
  await db.write(({ q, t }) => q.update(t.memberships).set({ role: "viewer" }).where(mine(t)));
  const demoted = await make("a", {}, token);
  await db.write(({ q, t }) => q.delete(t.memberships).where(mine(t)));
  const removed = await make("a", {}, token);
  expect([demoted.status, removed.status]).toEqual([403, 404]);
  for (const { text } of [demoted, removed]) expect(text).not.toContain(first.json.secret);
  await db.write(({ q, t }) =>
    q.insert(t.memberships).values({ projectId, userId: member.userId, role: "owner", createdAt: 1 }),
  );
  expect((await make("a", {}, token)).text).toBe(first.text);
});

test("a demoted administrator gets no secret of a repeated request", async () => {
  const admin = await makeAdmin(db);
  const token = await makeManagementToken(db, admin.userId);
  const create = () =>
    apiOf(db)(token)("POST", "/admin/service-tokens", {
      body: { name: "edge", api: null },
      headers: { "Idempotency-Key": "a" },
    });
  expect((await create()).status).toBe(201);
  expect((await create()).headers.get("idempotency-replayed")).toBe("true");
  await db.write(({ q, t }) =>
    q.update(t.users).set({ siteRole: "developer" }).where(eq(t.users.id, admin.userId)),
  );
  const { status, text } = await create();
  expect([status, text.includes("lk_svc_")]).toEqual([403, false]);
});

test("after a rotation of the token, a repetition with its new secret says what the first request created", async () => {
  const first = await make("a");
  const next = generateToken("lk", "mgt");
  await db.write(({ q, t }) =>
    q.update(t.managementTokens).set({
      hash: hashToken(next),
      hint: hintOf(next),
      olderHash: hashToken(token),
      olderHint: hintOf(token),
      olderEndsAt: Date.now() + 60_000,
    }),
  );
  const again = await make("a", {}, next);
  expect(again.status).toBe(409);
  expect(again.json.detail).toContain(first.json.key.id);
  expect((await make("a")).text).toBe(first.text);
  expect(await countKeys()).toBe(1);
});

test("the same key with another request is rejected with 422", async () => {
  await make("a");
  expect((await make("a", { name: "other" })).status).toBe(422);
  expect(await countKeys()).toBe(1);
});

test("of many requests at once one is carried out; the others get its response or are asked to wait", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => make("a")));
  const statuses = new Set(answers.map((answer) => answer.status));
  expect(await countKeys()).toBe(1);
  expect(statuses.has(201)).toBe(true);
  expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
  const waiting = answers.filter((answer) => answer.status === 409);
  expect(waiting.every((answer) => Number(answer.headers.get("retry-after")) >= 1)).toBe(true);
  expect((await make("a")).text).toBe(answers.find((answer) => answer.status === 201)?.text);
});

test("a denied request is not stored: once corrected, it succeeds with the same key", async () => {
  expect((await make("a", { environment: "prod" })).status).toBe(400);
  expect((await make("a", { expiresAt: "2000-01-01T00:00:00Z" })).status).toBe(400);
  expect((await make("a")).status).toBe(201);
});

test("a key must have 1 to 255 characters", async () => {
  expect((await make("k".repeat(256))).status).toBe(400);
  expect((await make("")).status).toBe(400);
  expect((await make("k".repeat(255))).status).toBe(201);
});

test("what is stored reveals no secret to a reader of the database", async () => {
  const first = await make("a");
  const rows = JSON.stringify(await db.read.q.select().from(db.read.t.idempotency));
  const { secret } = first.json;
  expect(secret).toMatch(/^lk_live_/);
  for (const part of [secret, secret.slice(8), Buffer.from(secret).toString("base64"), token]) {
    expect(rows).not.toContain(part);
  }
});

const call = (): IdempotentCall => ({
  key: "a",
  tokenId: "mgt_1",
  token,
  method: "POST",
  path: "/x",
  bodyBytes: Buffer.from("{}"),
});
const answer: StoredResponse = {
  status: 201,
  body: "{}",
  headers: {},
  rights: { siteRole: "developer", project: null },
};
const NOW = Date.UTC(2026, 10, 23, 12);
const addChange = (on: Db) =>
  on.write(async (tx) => {
    await tx.q.insert(tx.t.changes).values({ kind: "key", subject: "x", at: NOW });
  });
const countChanges = async () => (await db.read.q.select().from(db.read.t.changes)).length;
const statusOf = async (work: Promise<StoredResponse>) =>
  work.then(
    (kept) => kept.status,
    (error: unknown) => (error instanceof HttpError ? error.status : error),
  );

/** Runs up to the point where the process dies; its changes in the database stay. */
async function die(at: "before the change" | "after the change"): Promise<void> {
  const died = new Promise<never>(() => {});
  const reached = Promise.withResolvers<void>();
  void runOnce(db, call(), NOW, async (on) => {
    if (at === "after the change") await addChange(on);
    reached.resolve();
    return died;
  });
  await reached.promise;
}

test("after a crash before the change the key waits a minute, then the request is carried out once", async () => {
  await die("before the change");
  const again = (nowMs: number) =>
    statusOf(
      runOnce(db, call(), nowMs, async (on) => {
        await addChange(on);
        return answer;
      }),
    );
  expect(await again(NOW + 59_000)).toBe(409);
  expect(await countChanges()).toBe(0);
  expect(await again(NOW + 61_000)).toBe(201);
  expect(await again(NOW + 62_000)).toBe(201);
  expect(await countChanges()).toBe(1);
});

test("a repetition between the change and its response gets 'retry later', not 'response lost'", async () => {
  await die("after the change");
  const again = runOnce(db, call(), NOW + 1_000, async () => answer);
  await expect(again).rejects.toThrow("is still running");
});

test("after a crash between the change and its response nothing is done twice, and the caller gets an explanation", async () => {
  await die("after the change");
  const again = runOnce(db, call(), NOW + HOUR_MS, async (on) => {
    await addChange(on);
    return answer;
  });
  await expect(again).rejects.toThrow("was carried out, but its response was lost");
  expect(await countChanges()).toBe(1);
});

test("a request so slow that another took its place commits nothing", async () => {
  const { promise: late, resolve: release } = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const slow = runOnce(db, call(), NOW, async (on) => {
    reached.resolve();
    await late;
    await addChange(on);
    return answer;
  });
  const outcome = statusOf(slow);
  await reached.promise;
  const quick = runOnce(db, call(), NOW + 61_000, async (on) => {
    await addChange(on);
    return answer;
  });
  expect(await statusOf(quick)).toBe(201);
  release();
  expect(await outcome).toBe(409);
  expect(await countChanges()).toBe(1);
});

test("after 24 hours a key can be used again", async () => {
  const run = (nowMs: number) =>
    statusOf(
      runOnce(db, call(), nowMs, async (on) => {
        await addChange(on);
        return answer;
      }),
    );
  await run(NOW);
  await run(NOW + DAY_MS + 1);
  expect(await countChanges()).toBe(2);
});

test("the stored responses of a token are limited in total, and an attempt beyond that changes nothing", async () => {
  await make("a");
  const sealed = "x".repeat(22 * 1_048_576);
  const [{ owner } = { owner: null }] = await db.read.q.select().from(db.read.t.idempotency);
  const row = { owner, requestHash: "", status: 201, sealed, createdAt: Date.now() };
  for (let n = 0; n < 3; n++) {
    await db.write((tx) => tx.q.insert(tx.t.idempotency).values({ ...row, id: `kept ${n}` }));
  }
  const denied = await make("b");
  expect(denied.status).toBe(429);
  expect(Number(denied.headers.get("retry-after"))).toBeGreaterThan(3_600);
  expect(await countKeys()).toBe(1);
  // Earlier requests still get their responses, and other tokens are not affected.
  expect((await make("a")).status).toBe(201);
  const other = await makeManagementToken(db, (await db.read.q.select().from(db.read.t.users))[0]?.id ?? "");
  expect((await make("b", {}, other)).status).toBe(201);
});
