import { Secret, TOTP } from "otpauth";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { withinAdminIpAddresses } from "#server/allowed-ip-addresses.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, TEST_SETTINGS } from "#test/people.ts";
import { countMissingFactors, resetSecondFactors } from "../../../admin/second-factors.ts";
import { listUsers, setSiteRole } from "../../../admin/users.ts";
import { type Actor, SYSTEM, type UserActor } from "../../../context.ts";
import { createProject } from "../../../projects/create.ts";
import type { SecondFactorPolicy } from "../../policies/schema.ts";
import { setPolicies } from "../../policies/set.ts";
import { endMySession } from "../my-sessions.ts";
import { signInWithProvider } from "../providers.ts";
import { actorOfSession } from "../sessions.ts";
import { signIn } from "../sign-in.ts";
import { confirmIdentity, requireRecentConfirmation } from "../step-up.ts";
import { createUser } from "../users.ts";
import { confirmTotp, removeTotp, startTotp } from "./manage.ts";
import { listPasskeys, startPasskey } from "./passkeys.ts";

const EMAIL = "ada@example.com";
const PASSWORD = "plum-otter-94-quay";
const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };

let db: Db;
let clock: ReturnType<typeof makeClock>;
let admin: UserActor;
let token: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  admin = await makeAdmin(db);
  const input = { email: EMAIL, name: "Ada", siteRole: "developer" as const, password: PASSWORD };
  await createUser({ ctx: ctx(SYSTEM), input });
  ({ sessionToken: token } = await enter());
});

const ctx = (actor: Actor) => ctxOf(db, actor, { clock });
const enter = () =>
  signIn({ ctx: ctx(VISITOR), input: { email: EMAIL, password: PASSWORD }, userAgent: null });
async function ada(sessionToken = token): Promise<UserActor> {
  const actor = await actorOfSession({ db, settings: TEST_SETTINGS }, sessionToken, null, clock.now());
  if (!actor) throw new Error("not signed in");
  return actor;
}
/** Sets up an authenticator app. */
async function setUp(actor: UserActor): Promise<void> {
  const { secret } = await startTotp({ ctx: ctx(actor) });
  const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now() });
  await confirmTotp({ ctx: ctx(actor), input: { code } });
}
async function setPolicy(secondFactor: SecondFactorPolicy): Promise<void> {
  await setPolicies({ ctx: ctx(admin), input: { secondFactor } });
}
const act = async (actor: UserActor) => createProject({ ctx: ctx(actor), input: { name: "Mine" } });
const blocked = { code: "forbidden", message: expect.stringContaining("requires a second factor") };

describe("a policy that requires a second factor", () => {
  beforeEach(() => setUp(admin));

  test("leaves open sessions only what setting one up needs, until there is one", async () => {
    await act(await ada());
    await setPolicy("everyone");
    const stopped = await ada();
    expect(stopped.session?.needsFactor).toBe(true);
    await expect(act(stopped)).rejects.toMatchObject(blocked);
    await listPasskeys({ ctx: ctx(stopped) });
    await startPasskey({ ctx: ctx(stopped) });
    clock.advance(20 * 60_000);
    expect(() => requireRecentConfirmation(ctx(stopped))).toThrow("Confirm your identity");
    await confirmIdentity({ ctx: ctx(stopped), input: { password: PASSWORD } });
    await setUp(stopped);
    const free = await ada();
    expect(free.session?.needsFactor).toBeUndefined();
    await act(free);
  });

  test("holds after a sign-in with a password and through a provider, and allows to sign out", async () => {
    await setPolicy("everyone");
    await expect(act(await ada((await enter()).sessionToken))).rejects.toMatchObject(blocked);
    await db.write((tx) => tx.q.update(tx.t.users).set({ emailVerifiedAt: clock.now() }));
    const provided = await signInWithProvider({
      ctx: ctx(VISITOR),
      input: {
        provider: "oidc",
        issuer: "https://id.example",
        accountId: "7",
        name: "Ada",
        email: { address: EMAIL },
        linksByEmail: true,
        siteRole: null,
      },
      userAgent: null,
    });
    const stopped = await ada(provided.sessionToken);
    await expect(act(stopped)).rejects.toMatchObject(blocked);
    await endMySession({ ctx: ctx(stopped), input: { sessionId: stopped.session?.id ?? "" } });
  });

  test("of administrators holds for developers when they become one", async () => {
    await setPolicy("admins");
    await act(await ada());
    const { userId } = await ada();
    await setSiteRole({ ctx: ctx(admin), input: { userId, siteRole: "admin" } });
    await expect(act(await ada())).rejects.toMatchObject(blocked);
  });

  test("keeps the last second factor, and a reset by an administrator starts it again", async () => {
    await setUp(await ada());
    await setPolicy("everyone");
    await expect(removeTotp({ ctx: ctx(await ada()) })).rejects.toMatchObject({ code: "conflict" });
    expect((await ada()).session?.needsFactor).toBeUndefined();
    await resetSecondFactors({ ctx: ctx(SYSTEM), input: { userId: (await ada()).userId } });
    await expect(ada()).rejects.toThrow("not signed in");
    await expect(act(await ada((await enter()).sessionToken))).rejects.toMatchObject(blocked);
    await setPolicy("optional");
    await act(await ada((await enter()).sessionToken));
  });

  test("keeps the last one of an administrator who acts as a developer because of their IP address", async () => {
    await setUp(await ada());
    const { userId } = await ada();
    await setSiteRole({ ctx: ctx(admin), input: { userId, siteRole: "admin" } });
    await setPolicy("admins");
    const outside = withinAdminIpAddresses(await ada(), { adminAllowedIps: ["203.0.113.0/24"] });
    expect(outside.siteRole).toBe("developer");
    await expect(removeTotp({ ctx: ctx(outside) })).rejects.toMatchObject({ code: "conflict" });
  });

  test("can be tightened by a management token, but not relaxed", async () => {
    const script = ctx({
      ...admin,
      via: "token",
      token: { id: "mgt_script", name: "script", scopes: ["admin:write"] },
    });
    await setPolicies({ ctx: script, input: { secondFactor: "everyone" } });
    for (const secondFactor of ["admins", "optional"] as const) {
      await expect(setPolicies({ ctx: script, input: { secondFactor } })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    await setPolicies({ ctx: script, input: { secondFactor: "everyone" } });
  });

  test("says how many users it would stop", async () => {
    expect(await countMissingFactors({ ctx: ctx(admin), input: {} })).toEqual({ admins: 0, everyone: 1 });
    await makeAdmin(db);
    expect(await countMissingFactors({ ctx: ctx(admin), input: {} })).toEqual({ admins: 1, everyone: 2 });
    const listed = async () =>
      (await listUsers({ ctx: ctx(admin), input: { limit: 50, secondFactor: "none" } })).items.map(
        ({ siteRole }) => siteRole,
      );
    expect((await listed()).sort()).toEqual(["admin", "developer"]);
    await setUp(await ada());
    expect(await countMissingFactors({ ctx: ctx(admin), input: {} })).toEqual({ admins: 1, everyone: 1 });
    expect(await listed()).toEqual(["admin"]);
  });
});

test("an administrator without a second factor can't require one, and so can't lock themselves out", async () => {
  for (const secondFactor of ["admins", "everyone"] as const) {
    await expect(setPolicy(secondFactor)).rejects.toMatchObject({ code: "conflict" });
  }
});
