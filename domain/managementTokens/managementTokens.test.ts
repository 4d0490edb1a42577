import { beforeEach, expect, test } from "vitest";
import { parseToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeUser, START } from "#test/people.ts";
import type { Ctx, UserActor } from "../context.ts";
import { authenticateManagementToken } from "./authenticate.ts";
import { createManagementToken } from "./create.ts";
import { listManagementTokens } from "./list.ts";
import { revokeManagementToken } from "./revoke.ts";

let db: Db;
let user: UserActor;
let ctx: Ctx;
beforeEach(async () => {
  db = await openTestDb();
  user = await makeUser(db);
  ctx = ctxOf(db, user);
});
const list = async (as: Ctx = ctx) => (await listManagementTokens({ ctx: as, input: { limit: 50 } })).items;

test("a management token acts as its user until it is revoked", async () => {
  const { managementToken, token } = await createManagementToken({ ctx, input: { name: "deploy" } });
  expect(parseToken("lk", token)?.kind).toBe("mgt");
  const holder = () => authenticateManagementToken(db, token, START + 1);
  expect(await holder()).toMatchObject({ userId: user.userId, tokenId: managementToken.id });
  await revokeManagementToken({ ctx, input: { managementTokenId: managementToken.id } });
  expect(await holder()).toBeNull();
  // Once more is no mistake, and leaves no second trace.
  await revokeManagementToken({ ctx, input: { managementTokenId: managementToken.id } });
  expect(await db.read.q.select().from(db.read.t.audit)).toHaveLength(2);
});

test("one's tokens are one's own: nobody else lists or revokes them, administrators neither", async () => {
  const { managementToken } = await createManagementToken({ ctx, input: { name: "deploy" } });
  const admin = ctxOf(db, await makeUser(db, { siteRole: "admin" }));
  expect(await list(admin)).toEqual([]);
  const attempt = revokeManagementToken({ ctx: admin, input: { managementTokenId: managementToken.id } });
  await expect(attempt).rejects.toMatchObject({ code: "not-found" });
  expect((await list())[0]?.revokedAt).toBeNull();
});

test("a token makes no other, which would outlive it", async () => {
  const script = ctxOf(db, { ...user, via: "token" });
  const attempt = createManagementToken({ ctx: script, input: { name: "backdoor" } });
  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  expect(await list()).toEqual([]);
});

test("when a token was last used is kept to the minute", async () => {
  const { token } = await createManagementToken({ ctx, input: { name: "deploy" } });
  for (const at of [START + 1_000, START + 2_000, START + 62_000]) {
    await authenticateManagementToken(db, token, at);
    const expected = at === START + 2_000 ? START + 1_000 : at;
    expect((await list())[0]?.lastUsedAt).toBe(new Date(expected).toISOString());
  }
});
