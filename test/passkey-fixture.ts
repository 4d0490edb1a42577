import { beforeEach } from "vitest";
import type { Db } from "#db/open.ts";
import { addPasskey, startPasskey } from "#domain/access/accounts/factors/passkeys.ts";
import { actorOfSession } from "#domain/access/accounts/sessions.ts";
import { signIn } from "#domain/access/accounts/sign-in.ts";
import { createUser } from "#domain/access/accounts/users.ts";
import { type Actor, type Ctx, type Mail, SYSTEM, type UserActor } from "#domain/context.ts";
import { type Deviations, TestAuthenticator } from "./authenticator.ts";
import { openTestDb } from "./db.ts";
import { type Clock, ctxOf, makeClock, TEST_SETTINGS } from "./people.ts";

const PASSWORD = "plum-otter-94-quay";
export const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };
export const WRONG = "This passkey was not accepted. Try again, or use another way.";

/** The current test's site, on which Ada has an account with one passkey. `setUpPasskey` sets it. */
export const site = {} as {
  db: Db;
  clock: Clock;
  mails: Mail[];
  ada: UserActor;
  /** Ada's. */
  key: TestAuthenticator;
  recoveryCodes: string[];
};

export function setUpPasskey(): void {
  beforeEach(async () => {
    site.db = await openTestDb();
    site.clock = makeClock();
    site.mails = [];
    site.ada = await makeAccount("ada@example.com");
    site.key = new TestAuthenticator(TEST_SETTINGS.url, { counter: 1 });
    site.recoveryCodes = (await add(site.ada, site.key, "Laptop")) ?? [];
  });
}

export const ctx = (actor: Actor, more: Partial<Ctx> = {}): Ctx =>
  ctxOf(site.db, actor, {
    clock: site.clock,
    sendMail: async (mail) => void site.mails.push(mail),
    ...more,
  });
export const sessionOf = (token: string) =>
  actorOfSession({ db: site.db, settings: TEST_SETTINGS }, token, null, site.clock.now());
/** Signs in with the password. */
export const enter = (email = "ada@example.com") =>
  signIn({ ctx: ctx(VISITOR), input: { email, password: PASSWORD }, userAgent: null });

export async function makeAccount(email: string): Promise<UserActor> {
  const input = { email, name: "Ada", siteRole: "developer" as const, password: PASSWORD };
  await createUser({ ctx: ctx(SYSTEM), input });
  const actor = await sessionOf((await enter(email)).sessionToken);
  if (!actor) throw new Error("not signed in");
  return actor;
}

/** Adds a passkey to an account. Resolves with the recovery codes that came with it. */
export async function add(
  actor: UserActor,
  authenticator: TestAuthenticator,
  name: string,
  how: Deviations = {},
): Promise<string[] | null> {
  const { options, challenge } = await startPasskey({ ctx: ctx(actor) });
  const answer = authenticator.create(options, how);
  return (await addPasskey({ ctx: ctx(actor), input: { name, challenge, answer } })).recoveryCodes;
}
