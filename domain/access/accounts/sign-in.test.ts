import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeClock, makeUser, START, TEST_SETTINGS } from "#test/people.ts";
import type { Actor, Ctx } from "../../context.ts";
import { authenticateManagementToken } from "../management-tokens/authenticate.ts";
import { createManagementToken } from "../management-tokens/create.ts";
import { endAllMySessions, endMyOtherSessions, endMySession, listMySessions } from "./my-sessions.ts";
import { changePassword } from "./password.ts";
import { actorOfSession, createSession, MAX_SESSIONS } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { createUser } from "./users.ts";

const PASSWORD = "a long enough password";

let db: Db;
let clock: Clock;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  await make("ada@example.com");
});

const ctx = (actor: Actor): Ctx => ctxOf(db, actor, { clock });
const visitor = () => ctx({ kind: "visitor", ipAddress: "198.51.100.7" });
const make = (email: string) =>
  createUser({
    ctx: ctx({ kind: "system" }),
    input: { email, name: "Ada", siteRole: "developer", password: PASSWORD },
  });
const enter = (email: string, password: string) =>
  signIn({ ctx: visitor(), input: { email, password }, userAgent: "curl/8" });

async function actorOf(sessionToken: string): Promise<Actor | null> {
  return actorOfSession({ db, settings: TEST_SETTINGS }, sessionToken, null, clock.now());
}

async function signedIn(email = "ada@example.com") {
  const { sessionToken } = await enter(email, PASSWORD);
  const actor = await actorOf(sessionToken);
  if (actor?.kind !== "user" || !actor.session) throw new Error("not signed in");
  return { sessionToken, sessionId: actor.session.id, ctx: ctx(actor) };
}

describe("signing in", () => {
  test("a password is stored as argon2id with 19 MiB and two passes, salted", async () => {
    await make("grace@example.com");
    const { users } = db.read.t;
    const stored = (await db.read.q.select().from(users)).map(({ passwordHash }) => passwordHash);
    expect(new Set(stored).size).toBe(2);
    for (const hash of stored) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test("an unknown account, a wrong password and a disabled user get the same answer", async () => {
    await make("gone@example.com");
    const { users } = db.read.t;
    await db.write((tx) =>
      tx.q.update(users).set({ disabledAt: START }).where(eq(users.email, "gone@example.com")),
    );
    const answers = await Promise.all(
      [
        ["nobody@example.com", PASSWORD],
        ["ada@example.com", "wrong"],
        ["gone@example.com", PASSWORD],
      ].map(([email = "", password = ""]) => enter(email, password).catch((error: Error) => error)),
    );
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: "unauthenticated" });
  });

  test("while an account is throttled, the right password is throttled too, and unknown accounts are throttled alike", async () => {
    for (const email of ["ada@example.com", "nobody@example.com"]) {
      for (let i = 0; i < 5; i++)
        await expect(enter(email, "wrong")).rejects.toMatchObject({ code: "unauthenticated" });
      await expect(enter(email, PASSWORD)).rejects.toMatchObject({ code: "too-many", retryAfterMs: 1_000 });
    }
    clock.advance(1_000);
    expect((await enter("ada@example.com", PASSWORD)).email).toBe("ada@example.com");
  });

  test("failures from elsewhere lock the owner out neither from networks they used before nor after a password change", async () => {
    const here = await signedIn();
    const from = (address: string, password: string) =>
      signIn({
        ctx: ctx({ kind: "visitor", ipAddress: address }),
        input: { email: "ada@example.com", password },
        userAgent: null,
      });
    for (let i = 0; i < 5; i++) {
      await expect(from("203.0.113.9", "wrong")).rejects.toMatchObject({ code: "unauthenticated" });
    }
    // From any new network the account has to wait, no matter who failed where.
    await expect(from("203.0.113.10", PASSWORD)).rejects.toMatchObject({ code: "too-many" });
    await enter("ada@example.com", PASSWORD);
    const input = { current: PASSWORD, password: "another long password" };
    await changePassword({ ctx: here.ctx, input });
    // Where the owner is known, failures count as well.
    for (let i = 0; i < 5; i++) {
      await expect(enter("ada@example.com", "wrong")).rejects.toMatchObject({ code: "unauthenticated" });
    }
    await expect(enter("ada@example.com", PASSWORD)).rejects.toMatchObject({ code: "too-many" });
  });

  test("a password that is changed between the check and the start of the session prevents the sign-in", async () => {
    const here = await signedIn();
    const input = { current: PASSWORD, password: "another long password" };
    let writes = 0;
    const changedMeanwhile: Db = {
      ...db,
      async write(work) {
        // The first counts the attempt, the second begins the session.
        if (++writes === 2) await changePassword({ ctx: here.ctx, input });
        return db.write(work);
      },
    };
    const late = signIn({
      ctx: { ...visitor(), db: changedMeanwhile },
      input: { email: "ada@example.com", password: PASSWORD },
      userAgent: null,
    });
    await expect(late).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await listMySessions({ ctx: here.ctx })).toHaveLength(1);
  });

  test("no password is stored in the database or in the audit log", async () => {
    await enter("ada@example.com", PASSWORD);
    const rows = await Promise.all(Object.values(db.read.t).map((table) => db.read.q.select().from(table)));
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
  });
});

describe("a session", () => {
  test("ends after 7 days without use, and after 30 days in any case", async () => {
    const idle = await signedIn();
    clock.advance(7 * DAY_MS);
    expect(await actorOf(idle.sessionToken)).toBeNull();
    const used = await signedIn();
    for (let day = 0; day < 29; day++) {
      clock.advance(DAY_MS);
      expect(await actorOf(used.sessionToken)).not.toBeNull();
    }
    clock.advance(DAY_MS);
    expect(await actorOf(used.sessionToken)).toBeNull();
    expect((await listMySessions({ ctx: (await signedIn()).ctx })).length).toBe(1);
  });

  test("ends immediately when its user is disabled", async () => {
    const { sessionToken } = await signedIn();
    await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: START }));
    expect(await actorOf(sessionToken)).toBeNull();
  });

  test("can be ended only by its owner, here or everywhere", async () => {
    await make("eve@example.com");
    const eve = await signedIn("eve@example.com");
    const [first, second] = [await signedIn(), await signedIn()];
    await expect(endMySession({ ctx: eve.ctx, input: { sessionId: first.sessionId } })).rejects.toMatchObject(
      {
        code: "not-found",
      },
    );
    await endMySession({ ctx: first.ctx, input: { sessionId: first.sessionId } });
    expect(await actorOf(first.sessionToken)).toBeNull();
    expect(await actorOf(second.sessionToken)).not.toBeNull();
    const third = await signedIn();
    await endMyOtherSessions({ ctx: second.ctx });
    expect(await actorOf(third.sessionToken)).toBeNull();
    expect(await actorOf(second.sessionToken)).not.toBeNull();
    await endAllMySessions({ ctx: second.ctx });
    expect(await actorOf(second.sessionToken)).toBeNull();
    expect(await actorOf(eve.sessionToken)).not.toBeNull();
  });
});

test("a user has at most 100 sessions: a further sign-in ends the least recently used one", async () => {
  const eve = await makeUser(db);
  const device = { address: null, userAgent: null };
  const open = (at: number) =>
    db.write((tx) => createSession(tx, eve.userId, device, START + at, TEST_SETTINGS.sessions));
  const [oldest, second] = [await open(0), await open(1)];
  for (let at = 2; at <= MAX_SESSIONS; at++) await open(at);
  const works = async (token: string) =>
    (await actorOfSession({ db, settings: TEST_SETTINGS }, token, null, START + 1_000)) !== null;
  expect([await works(oldest), await works(second)]).toEqual([false, true]);
});

describe("changing the password", () => {
  test("requires the current password and ends every other session", async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const change = (current: string) =>
      changePassword({
        ctx: here.ctx,
        input: { current, password: "another long password" },
      });
    await expect(change("wrong")).rejects.toMatchObject({ errors: [{ path: "current" }] });
    await change(PASSWORD);
    expect(await actorOf(here.sessionToken)).not.toBeNull();
    expect(await actorOf(there.sessionToken)).toBeNull();
    await expect(enter("ada@example.com", PASSWORD)).rejects.toMatchObject({ code: "unauthenticated" });
    await enter("ada@example.com", "another long password");
  });

  test("revokes every management token and returns how many", async () => {
    const [here, eve] = [await signedIn(), ctx(await makeUser(db))];
    const { token } = await createManagementToken({ ctx: here.ctx, input: { name: "deploy" } });
    const others = await createManagementToken({ ctx: eve, input: { name: "deploy" } });
    const input = { current: PASSWORD, password: "another long password" };
    expect(await changePassword({ ctx: here.ctx, input })).toEqual({ tokensRevoked: 1 });
    expect(await authenticateManagementToken(db, token, clock.now())).toEqual({ rejected: "revoked" });
    expect(await authenticateManagementToken(db, others.token, clock.now())).toHaveProperty("actor");
  });

  test("leaves no token that another session creates at the same moment", async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const overtaken: Db = {
      ...db,
      async write(work) {
        const input = { current: PASSWORD, password: "another long password" };
        await changePassword({ ctx: here.ctx, input });
        return db.write(work);
      },
    };
    const late = createManagementToken({ ctx: { ...there.ctx, db: overtaken }, input: { name: "deploy" } });
    await expect(late).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await db.read.q.select().from(db.read.t.managementTokens)).toEqual([]);
  });

  test("twice at once fails the second time: the old password can't undo the new one", async () => {
    const [thief, owner] = [await signedIn(), await signedIn()];
    const change = (ctx: Ctx, password: string) =>
      changePassword({ ctx, input: { current: PASSWORD, password } });
    let writes = 0;
    const overtaken: Db = {
      ...db,
      async write(work) {
        // The first counts the attempt, the second sets the password.
        if (++writes === 2) await change(owner.ctx, "the owner's password");
        return db.write(work);
      },
    };
    const late = change({ ...thief.ctx, db: overtaken }, "the thief's password");
    await expect(late).rejects.toMatchObject({ errors: [{ path: "current" }] });
    await enter("ada@example.com", "the owner's password");
    expect(await actorOf(owner.sessionToken)).not.toBeNull();
  });
});

test("shorter limits end existing sessions at once: unused for too long, and too old", async () => {
  const { sessionToken } = await enter("ada@example.com", PASSWORD);
  const isSignedIn = async (idleMs: number, maxMs: number) => {
    const settings = { ...TEST_SETTINGS, sessions: { idleMs, maxMs } };
    return (await actorOfSession({ db, settings }, sessionToken, null, clock.now())) !== null;
  };
  clock.advance(2 * HOUR_MS);
  expect(await isSignedIn(HOUR_MS, 100 * HOUR_MS)).toBe(false);
  expect(await isSignedIn(3 * HOUR_MS, HOUR_MS)).toBe(false);
  expect(await isSignedIn(3 * HOUR_MS, 3 * HOUR_MS)).toBe(true);
});
