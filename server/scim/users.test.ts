import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { createSession } from "#domain/access/accounts/sessions.ts";
import { authenticateManagementToken } from "#domain/access/management-tokens/authenticate.ts";
import { setScimGroupRole } from "#domain/access/scim/roles.ts";
import { disableUser, enableUser } from "#domain/admin/users.ts";
import { makeManagementToken } from "#test/api.ts";
import { ctxOf, makeProvider, makeUser, START, TEST_SETTINGS } from "#test/people.ts";
import { entraUser, patch, scimOf } from "#test/scim.ts";
import { account, create, find, scim, setUpScim, site } from "#test/scim-fixture.ts";

setUpScim();

describe("disabling a user", () => {
  test("ends sessions and management tokens at once, and enabling brings none of them back", async () => {
    const { id } = await create("Ada");
    const management = await makeManagementToken(site.db, id);
    await site.db.write((tx) =>
      createSession(tx, id, { address: null, userAgent: null }, START, TEST_SETTINGS.sessions),
    );
    const works = async () => "actor" in (await authenticateManagementToken(site.db, management, START));
    const open = async () =>
      (await site.db.read.q.select().from(site.db.read.t.sessions)).filter(({ endedAt }) => endedAt === null)
        .length;
    expect([await works(), await open()]).toEqual([true, 1]);
    await scim("PATCH", `/Users/${id}`, patch({ op: "replace", path: "active", value: false }));
    expect([await works(), await open()]).toEqual([false, 0]);
    await scim("PATCH", `/Users/${id}`, patch({ op: "replace", path: "active", value: true }));
    expect([await works(), await open()]).toEqual([false, 0]);
  });

  test("by an administrator is not undone by the provider's next update", async () => {
    const { id } = await create("Ada");
    await site.db.write((tx) =>
      tx.q.update(tx.t.users).set({ disabledAt: START }).where(eq(tx.t.users.id, id)),
    );
    const put = await scim("PUT", `/Users/${id}`, entraUser("Ada"));
    expect(put).toMatchObject({ status: 200, json: { active: false } });
    expect((await account(id))?.disabledAt).toBe(START);
  });

  test("by an administrator lasts, even after the provider disabled and the administrator enabled it", async () => {
    const { id } = await create("Ada");
    const active = (value: boolean) => patch({ op: "replace", path: "active", value });
    await scim("PATCH", `/Users/${id}`, active(false));
    await enableUser({ ctx: ctxOf(site.db, site.admin), input: { userId: id } });
    await disableUser({ ctx: ctxOf(site.db, site.admin), input: { userId: id } });
    expect((await scim("PATCH", `/Users/${id}`, active(true))).json.active).toBe(false);
    expect((await account(id))?.disabledAt).not.toBeNull();
  });
});

describe("an account that was created in another way", () => {
  test("can't be taken over, by its address or by a change of one", async () => {
    const eve = await makeUser(site.db, { email: "eve@acme.example" });
    const taken = await scim("POST", "/Users", entraUser("Eve"));
    expect(taken).toMatchObject({
      status: 409,
      json: {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: "409",
        scimType: "uniqueness",
      },
    });
    const { id } = await create("Ada");
    const email = patch({ op: "replace", path: "emails", value: [{ value: "eve@acme.example" }] });
    expect(await scim("PATCH", `/Users/${id}`, email)).toMatchObject({ status: 409 });
    for (const method of ["GET", "DELETE"]) {
      expect((await scim(method, `/Users/${eve.userId}`)).status).toBe(404);
    }
    expect((await find('emails.value eq "eve@acme.example"')).json.totalResults).toBe(0);
    const group = await scim("POST", "/Groups", { displayName: "Team", members: [{ value: eve.userId }] });
    expect(group).toMatchObject({ status: 400, json: { scimType: "invalidValue" } });
  });

  test("is linked if its domain requires a provider, with its role", async () => {
    const eve = await makeUser(site.db, { email: "eve@acme.example", siteRole: "admin" });
    const oidc = [makeProvider({ requiredDomains: ["acme.example"] })];
    const linking = scimOf(site.db, site.token, { settings: { oidc } });
    expect(await linking("POST", "/Users", entraUser("Eve"))).toMatchObject({
      status: 201,
      json: { id: eve.userId, active: true },
    });
    expect(await account(eve.userId)).toMatchObject({ siteRole: "admin", name: "Eve" });
    expect((await linking("POST", "/Users", entraUser("Eve"))).status).toBe(409);
  });

  test("loses its credentials when it is linked, if its address was never verified", async () => {
    const oidc = [makeProvider({ requiredDomains: ["acme.example"] })];
    const linking = scimOf(site.db, site.token, { settings: { oidc } });
    const { users, sessions, identities } = site.db.read.t;
    const prepare = async (name: string, emailVerifiedAt: number | null) => {
      const { userId } = await makeUser(site.db, { email: `${name.toLowerCase()}@acme.example` });
      const management = await makeManagementToken(site.db, userId);
      await site.db.write(async (tx) => {
        await tx.q.update(users).set({ passwordHash: "a hash", emailVerifiedAt }).where(eq(users.id, userId));
        await tx.q.insert(identities).values({
          issuer: "https://github.com",
          accountId: name,
          provider: "github",
          userId,
          createdAt: START,
        });
        await createSession(tx, userId, { address: null, userAgent: null }, START, TEST_SETTINGS.sessions);
      });
      expect((await linking("POST", "/Users", entraUser(name))).json.id).toBe(userId);
      const open = await site.db.read.q.select().from(sessions).where(eq(sessions.userId, userId));
      return {
        password: (await account(userId))?.passwordHash !== null,
        sessions: open.filter(({ endedAt }) => endedAt === null).length,
        identities: await site.db.read.q.$count(identities, eq(identities.userId, userId)),
        token: "actor" in (await authenticateManagementToken(site.db, management, START)),
      };
    };
    const nothing = { password: false, sessions: 0, identities: 0, token: false };
    expect(await prepare("Mallory", null)).toEqual(nothing);
    expect(await prepare("Ada", START)).toEqual({ password: true, sessions: 1, identities: 1, token: true });
  });

  test("is not what a deleted user's name brings back", async () => {
    const old = await create("Ada");
    await scim("DELETE", `/Users/${old.id}`);
    const fresh = await create("Ada", { emails: [{ value: "ada.new@acme.example" }] });
    expect(fresh.id).not.toBe(old.id);
  });
});

describe("groups with a role", () => {
  const roleOf = async (id: string) => (await account(id))?.siteRole;
  const makeGroup = async (...ids: string[]) =>
    (await scim("POST", "/Groups", { displayName: "Ops", members: ids.map((value) => ({ value })) })).json.id;
  const setRole = (groupId: string, siteRole: "admin" | null) =>
    setScimGroupRole({ ctx: ctxOf(site.db, site.admin), input: { groupId, siteRole } });

  test("make members administrators while they are in it, and nobody else", async () => {
    const [ada, bob] = [await create("Ada"), await create("Bob")];
    const id = await makeGroup(ada.id);
    expect(await roleOf(ada.id)).toBe("developer");
    await setRole(id, "admin");
    expect([await roleOf(ada.id), await roleOf(bob.id)]).toEqual(["admin", "developer"]);
    await scim("PATCH", `/Groups/${id}`, patch({ op: "add", path: "members", value: [{ value: bob.id }] }));
    expect(await roleOf(bob.id)).toBe("admin");
    await scim("PATCH", `/Groups/${id}`, patch({ op: "remove", path: `members[value eq "${ada.id}"]` }));
    expect([await roleOf(ada.id), await roleOf(bob.id)]).toEqual(["developer", "admin"]);
    await scim("DELETE", `/Groups/${id}`);
    expect(await roleOf(bob.id)).toBe("developer");
  });

  test("have at most 1,000 members, because all their roles change in one transaction", async () => {
    const ids = Array.from({ length: 1_001 }, (_, n) => `usr_${n}`);
    await site.db.write(async (tx) => {
      const developer = { siteRole: "developer" as const, createdAt: START };
      const people = ids.map((id) => ({ id, email: `${id}@acme.example`, name: id, ...developer }));
      await tx.q.insert(tx.t.users).values(people);
      const times = { createdAt: START, updatedAt: START };
      await tx.q
        .insert(tx.t.scimUsers)
        .values(ids.map((userId) => ({ userId, userName: userId, userNameKey: userId, ...times })));
    });
    const id = await makeGroup("usr_0");
    await setRole(id, "admin");
    const add = patch({ op: "add", path: "members", value: ids.map((value) => ({ value })) });
    expect(await scim("PATCH", `/Groups/${id}`, add)).toMatchObject({
      status: 400,
      json: { scimType: "invalidValue", detail: expect.stringContaining("1,000") },
    });
    expect([await roleOf("usr_0"), await roleOf("usr_1")]).toEqual(["admin", "developer"]);
    await setRole(id, null);
    expect((await scim("PATCH", `/Groups/${id}`, add)).json.members).toHaveLength(1_001);
  });

  test("give no role to a deleted user whom an administrator enables", async () => {
    const ada = await create("Ada");
    await setRole(await makeGroup(ada.id), "admin");
    await scim("DELETE", `/Users/${ada.id}`);
    await enableUser({ ctx: ctxOf(site.db, site.admin), input: { userId: ada.id } });
    expect(await account(ada.id)).toMatchObject({ siteRole: "developer", disabledAt: null });
  });

  test("take no role away that an administrator gave, and never the last administrator", async () => {
    const ada = await create("Ada");
    await site.db.write((tx) =>
      tx.q.update(tx.t.users).set({ siteRole: "admin" }).where(eq(tx.t.users.id, ada.id)),
    );
    const id = await makeGroup(ada.id);
    await setRole(id, "admin");
    await setRole(id, null);
    expect(await roleOf(ada.id)).toBe("admin");
    await site.db.write((tx) =>
      tx.q.update(tx.t.users).set({ disabledAt: START }).where(eq(tx.t.users.id, site.admin.userId)),
    );
    const off = await scim(
      "PATCH",
      `/Users/${ada.id}`,
      patch({ op: "replace", path: "active", value: false }),
    );
    expect(off).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining("last administrator") },
    });
    expect((await scim("DELETE", `/Users/${ada.id}`)).status).toBe(409);
    expect((await account(ada.id))?.disabledAt).toBeNull();
  });
});
