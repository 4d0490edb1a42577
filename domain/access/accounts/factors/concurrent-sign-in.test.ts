import { Secret, TOTP } from "otpauth";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db, Tx } from "#db/open.ts";
import { openTestDb, testDialect } from "#test/db.ts";
import { waitingForLocks } from "#test/lock-waits.ts";
import { ctxOf, makeAdmin, makeClock, TEST_SETTINGS } from "#test/people.ts";
import { disableUser, enableUser } from "../../../admin/users.ts";
import { type Actor, type Ctx, SYSTEM, type UserActor } from "../../../context.ts";
import { createResetLink } from "../account-links.ts";
import { resetPassword } from "../password-reset.ts";
import { signInWithProvider } from "../providers.ts";
import { actorOfSession } from "../sessions.ts";
import { signIn } from "../sign-in.ts";
import { createUser } from "../users.ts";
import { confirmTotp, removeTotp, startTotp } from "./manage.ts";
import { finishSignIn } from "./pending-sign-in.ts";

const EMAIL = "ada@example.com";
const PASSWORD = "plum-otter-94-quay";
const PROVIDED = {
  provider: "oidc",
  issuer: "https://id.example",
  accountId: "7",
  name: "Ada",
  email: { address: EMAIL },
  linksByEmail: true,
  siteRole: null,
};
const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };

let db: Db;
let clock: ReturnType<typeof makeClock>;
let ada: UserActor;
let secret: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const input = { email: EMAIL, name: "Ada", siteRole: "developer" as const, password: PASSWORD };
  await createUser({ ctx: ctx(SYSTEM), input });
  ada = await actorOf((await enter()).sessionToken);
  secret = (await startTotp({ ctx: ctx(ada) })).secret;
  await confirmTotp({ ctx: ctx(ada), input: { code: codeAt() } });
  clock.advance(60_000);
});

const ctx = (actor: Actor): Ctx => ctxOf(db, actor, { clock, sendMail: async () => {} });
const enter = () =>
  signIn({ ctx: ctx(VISITOR), input: { email: EMAIL, password: PASSWORD }, userAgent: null });
const finish = (token: string, code: string) =>
  finishSignIn({ ctx: ctx(VISITOR), input: { token, code }, userAgent: null });
const codeAt = (ms = clock.now()) => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: ms });
const sessionOf = (token: string) =>
  actorOfSession({ db, settings: TEST_SETTINGS }, token, null, clock.now());
async function actorOf(token: string): Promise<UserActor> {
  const actor = await sessionOf(token);
  if (!actor) throw new Error("not signed in");
  return actor;
}

test("one code that is sent twice at the same time signs in once", async () => {
  const { sessionToken } = await enter();
  const both = await Promise.allSettled([finish(sessionToken, codeAt()), finish(sessionToken, codeAt())]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

// On SQLite, writing transactions never overlap.
if (testDialect() === "postgres") {
  describe("a sign-in at the same time as", () => {
    /** The database of a sign-in whose session is committed when `other` waits for it. */
    function committedLate(other: () => Promise<unknown>) {
      const { promise: done, resolve, reject } = Promise.withResolvers<unknown>();
      const write: Db["write"] = (work) =>
        db.write(async (tx) => {
          const before = await countSessions(tx);
          const result = await work(tx);
          if ((await countSessions(tx)) > before) {
            other().then(resolve, reject);
            await expect.poll(() => waitingForLocks(db)).toBe(1);
          }
          return result;
        });
      return { late: { ...db, write }, done };
    }
    const countSessions = ({ q, t }: Tx) => q.$count(t.sessions);

    test("a password reset: no session of the old password is left", async () => {
      const { sessionToken: pending } = await enter();
      const owner = { id: ada.userId, email: EMAIL };
      const link = await db.write((tx) => createResetLink(tx, ctx(SYSTEM), owner, null));
      const reset = {
        token: new URL(link.url).searchParams.get("token") ?? "",
        password: "violet-camel-77-dune",
      };
      const { late, done } = committedLate(() => resetPassword({ ctx: ctx(VISITOR), input: reset }));
      const input = { token: pending, code: codeAt() };
      const { sessionToken } = await finishSignIn({
        ctx: { ...ctx(VISITOR), db: late },
        input,
        userAgent: null,
      });
      await done;
      expect(await sessionOf(sessionToken)).toBeNull();
    });

    test("disabling the account: no session through a provider is left", async () => {
      await removeTotp({ ctx: ctx(ada) });
      const admin = await makeAdmin(db);
      const { late, done } = committedLate(() =>
        disableUser({ ctx: ctx(admin), input: { userId: ada.userId } }),
      );
      await db.write((tx) => tx.q.update(tx.t.users).set({ emailVerifiedAt: clock.now() }));
      const enterThrough = (through: Db) =>
        signInWithProvider({ ctx: { ...ctx(VISITOR), db: through }, input: PROVIDED, userAgent: null });
      await enterThrough(db);
      const { sessionToken } = await enterThrough(late);
      await done;
      await enableUser({ ctx: ctx(admin), input: { userId: ada.userId } });
      expect(await sessionOf(sessionToken)).toBeNull();
    });
  });
}
