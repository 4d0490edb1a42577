import { asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeAdmin, makeClock, makeUser, START } from "#test/people.ts";
import { disableUser, setSiteRole } from "../../admin/users.ts";
import type { Actor, Ctx } from "../../context.ts";
import { changePassword } from "../accounts/password.ts";
import { signIn } from "../accounts/sign-in.ts";
import { createUser } from "../accounts/users.ts";
import { WINDOW_MS } from "./limiter.ts";
import { type SecurityLine, SecurityLog } from "./log.ts";

const PASSWORD = "a long enough password";
let db: Db;
let clock: Clock;
let lines: SecurityLine[];
let securityLog: SecurityLog;
beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  lines = [];
  securityLog = new SecurityLog({
    db,
    now: clock.now,
    line: (line) => lines.push(line),
    onError: (error) => {
      throw error;
    },
  });
});

const ctx = (actor: Actor): Ctx => ctxOf(db, actor, { clock, securityLog });
const make = (email: string) =>
  createUser({
    ctx: ctxOf(db, { kind: "system" }, { clock }),
    input: { email, name: "Ada", siteRole: "developer", password: PASSWORD },
  });
const enter = (email: string, password: string, address = "198.51.100.7") =>
  signIn({ ctx: ctx({ kind: "visitor", ipAddress: address }), input: { email, password }, userAgent: null });
const rows = async (action: string) => {
  await securityLog.settled();
  const { audit } = db.read.t;
  return db.read.q.select().from(audit).where(eq(audit.action, action)).orderBy(asc(audit.seq));
};

test("failed sign-ins are in the security log and the audit log, with the reason and without the typed text", async () => {
  const ada = await make("ada@example.com");
  const gone = await make("gone@example.com");
  await disableUser({ ctx: ctxOf(db, await makeAdmin(db), { clock }), input: { userId: gone.id } });
  const wrong = "hunter2-hunter2";
  for (const email of ["ada@example.com", "gone@example.com", "nobody@example.com"])
    await enter(email, wrong).catch(() => {});
  const noted = await rows("user.sign-in-failed");
  expect(noted.map(({ after }) => after)).toEqual([
    { method: "password", reason: "wrong-password" },
    { method: "password", reason: "disabled" },
    { method: "password", reason: "unknown-account" },
  ]);
  expect(noted.map(({ subjectId }) => subjectId)).toEqual([
    ada.id,
    gone.id,
    expect.stringMatching(/^account_[0-9a-f]{16}$/),
  ]);
  for (const row of noted)
    expect(row).toMatchObject({ actorId: null, via: "visitor", address: "198.51.100.7" });
  expect(lines.map(({ event, reason }) => [event, reason])).toEqual(
    noted.map(({ action, after }) => [action, after?.reason]),
  );
  const recorded = JSON.stringify([noted, lines]);
  for (const secret of [wrong, "nobody@example.com", PASSWORD]) expect(recorded).not.toContain(secret);
});

test("a throttled sign-in is recorded as failed for the account that it names", async () => {
  const ada = await make("ada@example.com");
  for (let i = 0; i < 6; i++) await enter("ada@example.com", "wrong").catch(() => {});
  expect((await rows("user.sign-in-failed")).at(-1)).toMatchObject({
    subjectId: ada.id,
    after: { reason: "too-many-attempts" },
  });
});

test("a flood of failed sign-ins adds a hundred rows and the count of the others", async () => {
  const flood = Array.from({ length: 400 }, (_, i) =>
    securityLog.record(
      { kind: "visitor", ipAddress: `203.0.113.${i % 250}` },
      {
        event: "user.sign-in-failed",
        source: `203.0.113.${i % 250}`,
        subject: { id: `account_${i}`, name: "Unknown account" },
        facts: { method: "password", reason: "unknown-account" },
      },
    ),
  );
  expect(flood).toHaveLength(400);
  expect(await rows("user.sign-in-failed")).toHaveLength(100);
  clock.advance(WINDOW_MS);
  await securityLog.reportOmitted();
  const [summary, ...more] = await rows("security.events-left-out");
  expect(more).toEqual([]);
  expect(summary?.after).toEqual({
    of: "user.sign-in-failed",
    leftOut: 300,
    since: new Date(START).toISOString(),
  });
  expect(lines).toHaveLength(101);
});

test("repeated sign-ins do not fill the audit log", async () => {
  await make("ada@example.com");
  for (let i = 0; i < 70; i++) securityLog.admits("user.signed-in", "usr_other");
  const { id } = (await db.read.q.select().from(db.read.t.users))[0] ?? { id: "" };
  for (let i = 0; i < 59; i++) securityLog.admits("user.signed-in", id);
  await enter("ada@example.com", PASSWORD);
  await enter("ada@example.com", PASSWORD);
  expect(await rows("user.signed-in")).toHaveLength(1);
  expect(lines.map(({ event }) => event)).toEqual(["user.signed-in"]);
});

test("permission changes are logged once they are committed, and not if they are rolled back", async () => {
  const [admin, user] = [await makeAdmin(db), await makeUser(db)];
  const input = { userId: user.userId, siteRole: "admin" as const };
  await setSiteRole({ ctx: ctx(admin), input });
  expect(lines).toEqual([
    {
      event: "user.role-changed",
      actor: admin.userId,
      via: "session",
      address: "198.51.100.7",
      subject: user.userId,
      projectId: null,
    },
  ]);
  const cut: Db = {
    ...db,
    write: (work) =>
      db.write(async (tx) => {
        await work(tx);
        throw new Error("cut");
      }),
  };
  const undone = setSiteRole({ ctx: { ...ctx(admin), db: cut }, input: { ...input, siteRole: "developer" } });
  await expect(undone).rejects.toThrow("cut");
  expect(lines).toHaveLength(1);
});

test("a password change is logged, and so is a wrong password that was to confirm one", async () => {
  const { id } = await make("ada@example.com");
  const actor = { ...(await makeUser(db)), userId: id };
  const change = (current: string) =>
    changePassword({ ctx: ctx(actor), input: { current, password: "another long one" } });
  await change("wrong").catch(() => {});
  await change(PASSWORD);
  expect(lines.map(({ event, subject }) => [event, subject])).toEqual([
    ["user.confirmation-failed", id],
    ["user.password-changed", id],
  ]);
  expect(await rows("user.confirmation-failed")).toHaveLength(1);
});
