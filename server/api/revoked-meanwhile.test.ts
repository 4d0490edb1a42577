import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { makeMember, makeProject, makeUser, START } from "#test/people.ts";
import { makeConfirmedAdmin, makeScimToken, scimOf } from "#test/scim.ts";
import { slowBody } from "#test/slow-body.ts";

/* A body may take a minute. What ends meanwhile must not act anymore. */

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
});

test.each([
  ["token was revoked", { revokedAt: START }, {}, 401],
  ["token expired", { expiresAt: START }, {}, 401],
  ["user was disabled", {}, { disabledAt: START }, 401],
])("no key is created if the %s while the body arrived", async (_, tokenChange, userChange, status) => {
  const projectId = await makeProject(db, await makeUser(db));
  const { userId } = await makeMember(db, projectId, "developer");
  const api = apiOf(db)(await makeManagementToken(db, userId));
  const end = () =>
    db.write(async ({ q, t }) => {
      const { managementTokens, users } = t;
      await q.update(managementTokens).set({ name: "ended", ...tokenChange });
      await q
        .update(users)
        .set({ name: "ended", ...userChange })
        .where(eq(users.id, userId));
    });
  const raw = slowBody({ name: "late", environment: "live" }, end);
  expect((await api("POST", `/projects/${projectId}/keys`, { raw })).status).toBe(status);
  expect(await db.read.q.$count(db.read.t.keys)).toBe(0);
});

test("no account is created if the SCIM token was revoked while the body arrived", async () => {
  const scim = scimOf(db, await makeScimToken(db, await makeConfirmedAdmin(db)));
  const before = await db.read.q.$count(db.read.t.users);
  const end = () => db.write(({ q, t }) => q.update(t.scimTokens).set({ revokedAt: START }));
  const body = slowBody({ userName: "ada@example.com" }, end);
  expect((await scim("POST", "/Users", body)).status).toBe(401);
  expect(await db.read.q.$count(db.read.t.users)).toBe(before);
});
