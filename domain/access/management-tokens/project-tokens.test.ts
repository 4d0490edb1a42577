import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { PROJECT_TOKEN_SCOPES } from "#core/scopes.ts";
import { DAY_MS } from "#core/time.ts";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import {
  ctxOf,
  makeAdmin,
  makeClock,
  makeKey,
  makeMember,
  makeProject,
  makeUser,
  START,
} from "#test/people.ts";
import { disableUser } from "../../admin/users.ts";
import type { Ctx, UserActor } from "../../context.ts";
import { listLeakedTokens } from "../../keys/leaks/list-tokens.ts";
import { recordTokens } from "../../keys/leaks/tokens.ts";
import { getKey } from "../../keys/list.ts";
import { deleteProject } from "../../projects/delete.ts";
import { removeMember } from "../members/remove.ts";
import { listAllManagementTokens } from "./all.ts";
import { authenticateManagementToken } from "./authenticate.ts";
import { listProjectTokens } from "./list.ts";
import { createProjectToken, rotateProjectToken } from "./project-tokens.ts";
import { createProjectTokenSchema, rotateProjectTokenSchema } from "./schema.ts";

const clock = makeClock();
let db: Db;
let owner: UserActor;
let projectId: string;
let ctx: Ctx;

beforeEach(async () => {
  db = await openTestDb();
  clock.set(START);
  owner = await makeUser(db);
  projectId = await makeProject(db, owner);
  ctx = ctxOf(db, owner, { clock });
});

const create = (fields: object = {}, as = ctx) =>
  createProjectToken({
    ctx: as,
    input: createProjectTokenSchema.parse({ projectId, name: "ci", role: "developer", ...fields }),
  });
const use = (token: string, ipAddress: string | null = "203.0.113.9") =>
  authenticateManagementToken(db, token, clock.now(), { ipAddress, securityLog: undefined });
const list = async (as = ctx) =>
  (await listProjectTokens({ ctx: as, input: { projectId, limit: 50 } })).items;

test("it acts in its project with its role, and has every scope that the role can use", async () => {
  const { managementToken, token } = await create();
  expect(managementToken).toMatchObject({
    role: "developer",
    scopes: PROJECT_TOKEN_SCOPES.developer,
    createdBy: { id: owner.userId, name: owner.name },
    expiresAt: new Date(START + 90 * DAY_MS).toISOString(),
  });
  expect(await use(token)).toMatchObject({
    actor: { kind: "project", projectId, role: "developer", token: { id: managementToken.id } },
  });
  expect(await list()).toMatchObject([
    { id: managementToken.id, lastUsedFrom: "203.0.113.9", createdBy: { id: owner.userId } },
  ]);
});

test.each(["members:write", "members:read", "admin:read", "admin:write", "audit:read", "catalogue:write"])(
  "it never has the scope %s, which its role can't use",
  async (scope) => {
    await expect(create({ scopes: ["keys:read", scope] })).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: "scopes" }],
    });
    expect(await list()).toEqual([]);
  },
);

test("a viewer's token can't have the scope to write keys", async () => {
  await expect(create({ role: "viewer", scopes: ["keys:write"] })).rejects.toMatchObject({ code: "invalid" });
  expect((await create({ role: "viewer" })).managementToken.scopes).toEqual(PROJECT_TOKEN_SCOPES.viewer);
});

test("it survives its creator: one who leaves the project, and one whose account is disabled", async () => {
  const other = await makeMember(db, projectId, "owner");
  const { token } = await create({}, ctxOf(db, other, { clock }));
  await removeMember({ ctx, input: { projectId, userId: other.userId } });
  expect(await use(token)).toHaveProperty("actor");
  const admin = ctxOf(db, await makeAdmin(db), { clock });
  await disableUser({ ctx: admin, input: { userId: other.userId } });
  expect(await use(token)).toHaveProperty("actor");
});

test("it ends with its project, its expiry and the address list, and in no other way by itself", async () => {
  const expiresAt = new Date(START + DAY_MS).toISOString();
  const { token } = await create({ allowedIps: ["203.0.113.0/24"], expiresAt });
  expect(await use(token)).toHaveProperty("actor");
  expect(await use(token, "198.51.100.1")).toEqual({ rejected: "address" });
  expect(await use(token, null)).toEqual({ rejected: "address" });
  clock.set(START + DAY_MS);
  expect(await use(token)).toEqual({ rejected: "expired" });

  const { token: lasting } = await create();
  await deleteProject({ ctx, input: { projectId } });
  expect(await use(lasting)).toEqual({ rejected: "revoked" });
  const { managementTokens } = db.read.t;
  await db.write((tx) => tx.q.update(managementTokens).set({ revokedAt: null }));
  expect(await use(lasting)).toEqual({ rejected: "project-deleted" });
});

test("a rotation gives it a new secret and expiry, and the old secret works for the overlap", async () => {
  const { managementToken, token } = await create();
  clock.advance(DAY_MS);
  const rotated = await rotateProjectToken({
    ctx,
    input: rotateProjectTokenSchema.parse({
      projectId,
      managementTokenId: managementToken.id,
      overlapSeconds: 60,
    }),
  });
  expect(rotated.managementToken).toMatchObject({
    id: managementToken.id,
    expiresAt: new Date(START + 91 * DAY_MS).toISOString(),
  });
  expect(await use(token)).toHaveProperty("actor");
  clock.advance(60_000);
  expect(await use(token)).toEqual({ rejected: "replaced" });
  expect(await use(rotated.token)).toHaveProperty("actor");
});

test("the token of one project can't be rotated through another project of the same owner", async () => {
  const { managementToken } = await create();
  const elsewhere = await makeProject(db, owner);
  const input = rotateProjectTokenSchema.parse({
    projectId: elsewhere,
    managementTokenId: managementToken.id,
  });
  await expect(rotateProjectToken({ ctx, input })).rejects.toMatchObject({ code: "not-found" });
});

test("a project has at most as many tokens as its bound", async () => {
  const bounded = ctxOf(db, owner, {
    clock,
    settings: { ...ctx.settings, bounds: { ...ctx.settings.bounds, tokensPerProject: 1 } },
  });
  await create({}, bounded);
  await expect(create({}, bounded)).rejects.toMatchObject({ code: "conflict", problem: "LIMIT_REACHED" });
});

test("a key that it creates names the token, and its audit row too", async () => {
  const { managementToken, token } = await create();
  const result = await use(token);
  if (!("actor" in result)) throw new Error("the token was rejected");
  const script = ctxOf(db, result.actor, { clock });
  const createdBy = { id: managementToken.id, name: "ci" };
  const { key } = await makeKey(script, projectId);
  expect(key.createdBy).toEqual(createdBy);
  expect((await getKey({ ctx, input: { projectId, keyId: key.id } })).createdBy).toEqual(createdBy);
  const { audit } = db.read.t;
  const [row] = await db.read.q.select().from(audit).where(eq(audit.action, "key.created"));
  expect(row).toMatchObject({ actorId: managementToken.id, actorName: "ci", via: "token", projectId });
});

test("administrators see it among all tokens, with its project instead of a user", async () => {
  const { managementToken } = await create();
  const admin = ctxOf(db, await makeAdmin(db), { clock });
  const { items } = await listAllManagementTokens({ ctx: admin, input: { limit: 50 } });
  expect(items).toMatchObject([{ id: managementToken.id, user: null, project: { id: projectId } }]);
});

test("a token that was found in public is shown to the project's owners and administrators, and mailed to them", async () => {
  const { managementToken, token } = await create();
  const mails: string[] = [];
  const sendMail = async ({ to, text }: { to: string; text: string }) => {
    mails.push(to);
    expect(text).not.toContain(token);
  };
  const developer = await makeMember(db, projectId, "developer");
  const places = new Map([[hashToken(token), new Set(["https://example.com/leak"])]]);
  await recordTokens({ ...ctxOf(db, { kind: "system" }, { clock }), sendMail }, places, "scanner");
  const seenBy = async (actor: UserActor) =>
    (await listLeakedTokens({ ctx: ctxOf(db, actor, { clock }), input: {} })).items;
  expect(mails).toHaveLength(1);
  expect(await seenBy(owner)).toMatchObject([{ id: managementToken.id, project: { id: projectId } }]);
  expect(await seenBy(developer)).toEqual([]);
  expect(await seenBy(await makeAdmin(db))).toHaveLength(1);
});
