import { beforeEach, describe, expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { generateToken, redactTokens, secretKind, tokenKind } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import {
  createScimGroup,
  deleteScimGroup,
  patchScimGroup,
  replaceScimGroup,
} from "#domain/access/scim/groups.ts";
import { getScimGroup, listScimGroups } from "#domain/access/scim/read-groups.ts";
import { getScimUser, listScimUsers } from "#domain/access/scim/read-users.ts";
import { listGroupRoles, setScimGroupRole } from "#domain/access/scim/roles.ts";
import {
  createScimToken,
  endScimTokenOverlap,
  listScimTokens,
  revokeScimToken,
  rotateScimToken,
} from "#domain/access/scim/tokens.ts";
import { createScimUser, deleteScimUser, patchScimUser, replaceScimUser } from "#domain/access/scim/users.ts";
import { type SecurityLine, SecurityLog } from "#domain/access/security/log.ts";
import type { Actor, UserActor } from "#domain/context.ts";
import { SYSTEM } from "#domain/context.ts";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeUser } from "#test/people.ts";
import { entraUser, makeConfirmedAdmin, scimOf } from "#test/scim.ts";

let db: Db;
let admin: UserActor;
const clock = makeClock(Date.now());
beforeEach(async () => {
  db = await openTestDb();
  admin = await makeConfirmedAdmin(db, clock.now());
});
const ctx = (actor: Actor = admin) => ctxOf(db, actor, { clock });
const create = (expiresAt: number | null = null) =>
  createScimToken({ ctx: ctx(), input: { name: "Entra ID", expiresAt } });
const works = async (token: string) => (await scimOf(db, token)("GET", "/Users")).status === 200;

test("a token is shown once, stored as a hash, and redacted from every text", async () => {
  const { token, scimToken } = await create();
  expect(token).toMatch(/^lk_scim_[0-9A-Za-z]{36}$/);
  expect(await works(token)).toBe(true);
  const stored = JSON.stringify([
    await db.read.q.select().from(db.read.t.scimTokens),
    await db.read.q.select().from(db.read.t.audit),
    await listScimTokens({ ctx: ctx() }),
  ]);
  expect(stored).not.toContain(token);
  expect(stored).toContain(scimToken.hint);
  expect(redactTokens(`Bearer ${token}`)).not.toContain(token);
  expect((await listScimTokens({ ctx: ctx() }))[0]).toMatchObject({ lastUsedFrom: "198.51.100.7" });
});

test("only a SCIM token opens SCIM, and it opens nothing else", async () => {
  const { token } = await create();
  const { userId } = admin;
  const others = [
    null,
    "nonsense",
    await makeManagementToken(db, userId),
    generateToken("lk", "scim"),
    `${token}0`,
    token.replace("lk_", "xx_"),
  ];
  for (const other of others) {
    const answer = await scimOf(db, other)("GET", "/Users");
    expect(answer, String(other)).toMatchObject({ status: 401, json: { status: "401" } });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  }
  expect(await apiOf(db)(token)("GET", "/projects")).toMatchObject({ status: 401 });
  expect(secretKind("lk", token)).toBeNull();
  expect(tokenKind("lk", token)).toBe("scim");
});

test("a rotated token works until its overlap ends, a revoked and an expired one not at all", async () => {
  const first = await create();
  const { scimToken } = first;
  const ref = { scimTokenId: scimToken.id };
  const second = await rotateScimToken({ ctx: ctx(), input: { ...ref, overlapSeconds: 60 } });
  expect([await works(first.token), await works(second.token)]).toEqual([true, true]);
  const again = rotateScimToken({ ctx: ctx(), input: { ...ref, overlapSeconds: 60 } });
  await expect(again).rejects.toMatchObject({ problem: "OVERLAP_RUNNING" });
  await endScimTokenOverlap({ ctx: ctx(), input: ref });
  expect([await works(first.token), await works(second.token)]).toEqual([false, true]);
  await revokeScimToken({ ctx: ctx(), input: ref });
  await revokeScimToken({ ctx: ctx(), input: ref });
  expect(await works(second.token)).toBe(false);
  await expect(rotateScimToken({ ctx: ctx(), input: { ...ref, overlapSeconds: 0 } })).rejects.toMatchObject({
    code: "conflict",
  });

  const expiring = await create(clock.now() + HOUR_MS);
  expect(await works(expiring.token)).toBe(true);
  await db.write((tx) => tx.q.update(tx.t.scimTokens).set({ expiresAt: clock.now() - 60_000 }));
  expect(await works(expiring.token)).toBe(false);
});

test("a rejected token is a security event, without its text", async () => {
  const lines: SecurityLine[] = [];
  const line = (event: SecurityLine) => lines.push(event);
  const securityLog = new SecurityLog({ db, now: Date.now, line, onError: () => {} });
  const { token, scimToken } = await create();
  await revokeScimToken({ ctx: ctx(), input: { scimTokenId: scimToken.id } });
  await scimOf(db, token, { securityLog })("GET", "/Users");
  await securityLog.settled();
  expect(lines).toMatchObject([{ event: "scimToken.rejected", reason: "revoked", subject: scimToken.id }]);
  expect(JSON.stringify(lines)).not.toContain(token);
});

describe("SCIM tokens and the roles of groups", () => {
  const calls = (actor: Actor) => {
    const as = ctx(actor);
    const scimTokenId = "sct_none";
    return {
      create: () => createScimToken({ ctx: as, input: { name: "x" } }),
      list: () => listScimTokens({ ctx: as }),
      rotate: () => rotateScimToken({ ctx: as, input: { scimTokenId, overlapSeconds: 0 } }),
      end: () => endScimTokenOverlap({ ctx: as, input: { scimTokenId } }),
      revoke: () => revokeScimToken({ ctx: as, input: { scimTokenId } }),
      groups: () => listGroupRoles({ ctx: as }),
      role: () => setScimGroupRole({ ctx: as, input: { groupId: "scg_none", siteRole: "admin" } }),
    };
  };
  const byToken = (user: UserActor): UserActor => ({
    ...user,
    via: "token",
    token: { id: "mgt_x", name: "x", scopes: ["admin:read", "admin:write"] },
  });

  test("are for administrators, never for management tokens, developers, visitors or SCIM itself", async () => {
    const scim: Actor = {
      kind: "scim",
      tokenId: "sct_x",
      name: "x",
      provider: null,
      issuer: null,
      managesAdmins: true,
      ipAddress: null,
    };
    const visitor: Actor = { kind: "visitor", ipAddress: null };
    for (const actor of [await makeUser(db), byToken(admin), visitor, scim]) {
      for (const [name, call] of Object.entries(calls(actor))) {
        await expect(call(), `${actor.kind} ${name}`).rejects.toMatchObject({
          code: expect.stringMatching(/forbidden|unauthenticated/),
        });
      }
    }
  });

  test("are created and rotated only after a recent confirmation", async () => {
    const stale = { ...admin, session: { id: "ses_test", confirmedAt: clock.now() - 15 * 60_000 } };
    for (const call of [calls(stale).create, calls(stale).rotate]) {
      await expect(call()).rejects.toMatchObject({ stepUp: true });
    }
  });
});

test("no user, administrators and the system included, calls what SCIM is for", async () => {
  const body = entraUser("Ada");
  for (const actor of [await makeAdmin(db), await makeUser(db), SYSTEM]) {
    const as = ctx(actor);
    const user = { userId: "usr_none", body };
    const group = { groupId: "scg_none", body: { displayName: "x" }, withMembers: false };
    const list = { filter: undefined, startIndex: 1, count: 1, withMembers: false };
    const all = [
      () => createScimUser({ ctx: as, input: body }),
      () => replaceScimUser({ ctx: as, input: user }),
      () => patchScimUser({ ctx: as, input: { ...user, body: { Operations: [{ op: "add", value: {} }] } } }),
      () => deleteScimUser({ ctx: as, input: user }),
      () => getScimUser({ ctx: as, input: user }),
      () => listScimUsers({ ctx: as, input: list }),
      () => createScimGroup({ ctx: as, input: group.body }),
      () => replaceScimGroup({ ctx: as, input: group }),
      () =>
        patchScimGroup({ ctx: as, input: { ...group, body: { Operations: [{ op: "add", value: {} }] } } }),
      () => deleteScimGroup({ ctx: as, input: group }),
      () => getScimGroup({ ctx: as, input: group }),
      () => listScimGroups({ ctx: as, input: list }),
    ];
    for (const call of all) await expect(call()).rejects.toMatchObject({ status: 403 });
  }
});

test("two requests at once create one user, and one of them gets 409", async () => {
  const { token } = await create();
  const scim = scimOf(db, token);
  const both = await Promise.all([1, 2].map(() => scim("POST", "/Users", entraUser("Ada"))));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test("every change is in the audit log with the token as its author", async () => {
  const { token, scimToken } = await create();
  const scim = scimOf(db, token);
  const { json: ada } = await scim("POST", "/Users", entraUser("Ada"));
  await scim("PUT", `/Users/${ada.id}`, entraUser("Ada", { active: false, displayName: "Ada K" }));
  await scim("POST", "/Groups", { displayName: "Ops", members: [{ value: ada.id }] });
  await scim("DELETE", `/Users/${ada.id}`);
  const { audit } = db.read.t;
  const rows = (await db.read.q.select().from(audit)).filter(({ via }) => via === "scim");
  expect(new Set(rows.map(({ actorId }) => actorId))).toEqual(new Set([scimToken.id]));
  expect(new Set(rows.map(({ action }) => action))).toEqual(
    new Set([
      "user.created",
      "user.scim-linked",
      "user.renamed",
      "user.disabled",
      "scimGroup.created",
      "scimGroup.members-changed",
      "user.scim-deleted",
    ]),
  );
});
