import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { createSession } from "#domain/access/accounts/sessions.ts";
import { authenticateManagementToken } from "#domain/access/management-tokens/authenticate.ts";
import { setScimGroupRole } from "#domain/access/scim/roles.ts";
import { disableUser, enableUser } from "#domain/admin/users.ts";
import type { UserActor } from "#domain/context.ts";
import { makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeProvider, makeUser, START, TEST_SETTINGS } from "#test/people.ts";
import { entraUser, makeConfirmedAdmin, makeScimToken, patch, scimOf } from "#test/scim.ts";

let db: Db;
let admin: UserActor;
let token: string;
let scim: ReturnType<typeof scimOf>;
beforeEach(async () => {
  db = await openTestDb();
  admin = await makeConfirmedAdmin(db);
  token = await makeScimToken(db, admin);
  scim = scimOf(db, token);
});
const create = async (name: string, more?: Record<string, unknown>) =>
  (await scim("POST", "/Users", entraUser(name, more))).json;
const account = async (id: string) =>
  (await db.read.q.select().from(db.read.t.users).where(eq(db.read.t.users.id, id)))[0];
const find = (filter: string, resource = "Users") =>
  scim("GET", `/${resource}?filter=${encodeURIComponent(filter)}`);

describe("Entra ID", () => {
  test("tests the connection, creates a user, finds it, changes it, disables it and deletes it", async () => {
    const probe = await find('userName eq "9d4b1d4a-1a44-4d6e-8b6f-3a2c0d5a9f10"');
    expect(probe).toMatchObject({ status: 200, json: { totalResults: 0, Resources: [] } });
    expect(probe.headers.get("content-type")).toBe("application/scim+json");

    const created = await scim("POST", "/Users", entraUser("Ada"));
    expect(created).toMatchObject({ status: 201, json: { userName: "Ada@Acme.example", active: true } });
    const { id, externalId } = created.json;
    expect(created.headers.get("location")).toBe(`${TEST_SETTINGS.url}/scim/v2/Users/${id}`);
    for (const filter of ['userName eq "ada@ACME.example"', `externalId eq "${externalId}"`]) {
      expect((await find(filter)).json, filter).toMatchObject({ totalResults: 1, Resources: [{ id }] });
    }

    const changed = await scim(
      "PATCH",
      `/Users/${id}`,
      patch(
        { op: "Replace", path: 'emails[type eq "work"].value', value: "ada.king@acme.example" },
        { op: "Replace", path: "name.familyName", value: "King" },
        { op: "Add", path: "title", value: "Countess" },
        { op: "Replace", value: { displayName: "Ada King", "name.givenName": "Augusta" } },
      ),
    );
    expect(changed).toMatchObject({
      status: 200,
      json: {
        displayName: "Ada King",
        name: { givenName: "Augusta", familyName: "King" },
        emails: [{ value: "ada.king@acme.example", type: "work", primary: true }],
      },
    });
    expect(await account(id)).toMatchObject({ name: "Ada King", email: "ada.king@acme.example" });

    const disabled = await scim(
      "PATCH",
      `/Users/${id}`,
      patch({ op: "Replace", path: "active", value: "False" }),
    );
    expect(disabled).toMatchObject({ status: 200, json: { active: false } });
    const enabled = await scim(
      "PATCH",
      `/Users/${id}`,
      patch({ op: "Replace", path: "active", value: "True" }),
    );
    expect(enabled.json.active).toBe(true);

    expect(await scim("DELETE", `/Users/${id}`)).toMatchObject({ status: 204, text: "" });
    for (const method of ["GET", "DELETE"]) expect((await scim(method, `/Users/${id}`)).status).toBe(404);
    expect((await account(id))?.disabledAt).not.toBeNull();
    expect(await create("Ada", { emails: [{ value: "ada.king@acme.example" }] })).toMatchObject({
      id,
      active: true,
    });
  });

  test("creates a group, adds and removes members one by one, and deletes it", async () => {
    const [ada, bob] = [await create("Ada"), await create("Bob")];
    const search = await scim("GET", '/Groups?excludedAttributes=members&filter=displayName eq "Admins"');
    expect(search.json.totalResults).toBe(0);
    const group = await scim("POST", "/Groups", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      externalId: "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
      displayName: "Admins",
      meta: { resourceType: "Group" },
    });
    expect(group).toMatchObject({ status: 201, json: { displayName: "Admins", members: [] } });
    const path = `/Groups/${group.json.id}`;
    const add = (id: string) => ({ op: "Add", path: "members", value: [{ $ref: null, value: id }] });
    await scim("PATCH", path, patch(add(ada.id)));
    const both = await scim("PATCH", path, patch(add(bob.id)));
    expect(both.json.members.map(({ value }: { value: string }) => value).sort()).toEqual(
      [ada.id, bob.id].sort(),
    );
    expect((await scim("GET", `${path}?excludedAttributes=members`)).json).not.toHaveProperty("members");
    const is = await find(`id eq "${group.json.id}" and members eq "${ada.id}"`, "Groups");
    expect(is.json.totalResults).toBe(1);
    const left = await scim("PATCH", path, patch({ op: "Remove", path: `members[value eq "${ada.id}"]` }));
    expect(left.json.members).toMatchObject([{ value: bob.id }]);
    expect((await scim("GET", `/Users/${bob.id}`)).json.groups).toEqual([
      { value: group.json.id, display: "Admins" },
    ]);
    const none = await scim(
      "PATCH",
      path,
      patch({ op: "Remove", path: "members", value: [{ $ref: null, value: bob.id }] }),
    );
    expect(none.json.members).toEqual([]);
    expect((await scim("DELETE", path)).status).toBe(204);
    expect((await scim("GET", path)).status).toBe(404);
  });
});

describe("Okta", () => {
  test("searches, creates, replaces, deactivates and reactivates a user", async () => {
    expect(
      (await scim("GET", '/Users?filter=userName eq "bo@acme.example"&startIndex=1&count=100')).json,
    ).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
    const sent = {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "bo@acme.example",
      name: { givenName: "Bo", familyName: "Okta" },
      emails: [{ primary: true, value: "bo@acme.example", type: "work" }],
      displayName: "Bo Okta",
      locale: "en-US",
      externalId: "00ujl29u0le5T6Aj10h7",
      groups: [],
      password: "1mz050nq",
      active: true,
    };
    const created = await scim("POST", "/Users", sent, { "Content-Type": "application/json" });
    expect(created.status).toBe(201);
    expect(created.text).not.toContain("1mz050nq");
    const path = `/Users/${created.json.id}`;
    expect((await account(created.json.id))?.passwordHash).toBeNull();
    expect((await scim("GET", path)).json).toMatchObject({ name: sent.name, externalId: sent.externalId });
    const { externalId: _, ...put } = {
      ...sent,
      name: { givenName: "Bo", familyName: "Renamed" },
      displayName: "",
    };
    const replaced = await scim("PUT", path, put);
    expect(replaced.json).toMatchObject({ displayName: "Bo Renamed", name: { familyName: "Renamed" } });
    expect(replaced.json).not.toHaveProperty("externalId");
    const off = patch({ op: "replace", value: { active: false } });
    expect((await scim("PATCH", path, off)).json.active).toBe(false);
    expect((await scim("PUT", path, { ...put, active: true })).json.active).toBe(true);
  });

  test("pushes a group with its members, renames it and replaces its members", async () => {
    const [ada, bob] = [await create("Ada"), await create("Bob")];
    const member = ({ id, displayName }: { id: string; displayName: string }) => ({
      value: id,
      display: displayName,
    });
    const group = await scim("POST", "/Groups", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName: "Team",
      members: [member(ada)],
    });
    const { id } = group.json;
    const renamed = await scim(
      "PATCH",
      `/Groups/${id}`,
      patch({ op: "replace", value: { id, displayName: "New team" } }),
    );
    expect(renamed.json.displayName).toBe("New team");
    const replaced = await scim(
      "PATCH",
      `/Groups/${id}`,
      patch(
        { op: "remove", path: `members[value eq "${ada.id}"]` },
        { op: "replace", path: "members", value: [member(bob)] },
      ),
    );
    expect(replaced.json.members).toEqual([{ value: bob.id, display: "Bob" }]);
    const put = await scim("PUT", `/Groups/${id}`, {
      displayName: "New team",
      members: [member(ada), member(bob)],
    });
    expect(put.json.members).toHaveLength(2);
    const list = await scim("GET", "/Groups?startIndex=1&count=100");
    expect(list.json).toMatchObject({ totalResults: 1, Resources: [{ displayName: "New team" }] });
  });
});

describe("disabling a user", () => {
  test("ends sessions and management tokens at once, and enabling brings none of them back", async () => {
    const { id } = await create("Ada");
    const management = await makeManagementToken(db, id);
    await db.write((tx) =>
      createSession(tx, id, { address: null, userAgent: null }, START, TEST_SETTINGS.sessions),
    );
    const works = async () => "actor" in (await authenticateManagementToken(db, management, START));
    const open = async () =>
      (await db.read.q.select().from(db.read.t.sessions)).filter(({ endedAt }) => endedAt === null).length;
    expect([await works(), await open()]).toEqual([true, 1]);
    await scim("PATCH", `/Users/${id}`, patch({ op: "replace", path: "active", value: false }));
    expect([await works(), await open()]).toEqual([false, 0]);
    await scim("PATCH", `/Users/${id}`, patch({ op: "replace", path: "active", value: true }));
    expect([await works(), await open()]).toEqual([false, 0]);
  });

  test("by an administrator is not undone by the provider's next update", async () => {
    const { id } = await create("Ada");
    await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: START }).where(eq(tx.t.users.id, id)));
    const put = await scim("PUT", `/Users/${id}`, entraUser("Ada"));
    expect(put).toMatchObject({ status: 200, json: { active: false } });
    expect((await account(id))?.disabledAt).toBe(START);
  });

  test("by an administrator lasts, also after the provider disabled and the administrator enabled it", async () => {
    const { id } = await create("Ada");
    const active = (value: boolean) => patch({ op: "replace", path: "active", value });
    await scim("PATCH", `/Users/${id}`, active(false));
    await enableUser({ ctx: ctxOf(db, admin), input: { userId: id } });
    await disableUser({ ctx: ctxOf(db, admin), input: { userId: id } });
    expect((await scim("PATCH", `/Users/${id}`, active(true))).json.active).toBe(false);
    expect((await account(id))?.disabledAt).not.toBeNull();
  });
});

describe("an account that was created in another way", () => {
  test("can't be taken over, by its address or by a change of one", async () => {
    const eve = await makeUser(db, { email: "eve@acme.example" });
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
    const eve = await makeUser(db, { email: "eve@acme.example", siteRole: "admin" });
    const oidc = [makeProvider({ requiredDomains: ["acme.example"] })];
    const linking = scimOf(db, token, { settings: { oidc } });
    expect(await linking("POST", "/Users", entraUser("Eve"))).toMatchObject({
      status: 201,
      json: { id: eve.userId, active: true },
    });
    expect(await account(eve.userId)).toMatchObject({ siteRole: "admin", name: "Eve" });
    expect((await linking("POST", "/Users", entraUser("Eve"))).status).toBe(409);
  });

  test("loses its credentials when it is linked, if its address was never verified", async () => {
    const oidc = [makeProvider({ requiredDomains: ["acme.example"] })];
    const linking = scimOf(db, token, { settings: { oidc } });
    const { users, sessions, identities } = db.read.t;
    const prepare = async (name: string, emailVerifiedAt: number | null) => {
      const { userId } = await makeUser(db, { email: `${name.toLowerCase()}@acme.example` });
      const management = await makeManagementToken(db, userId);
      await db.write(async (tx) => {
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
      const open = await db.read.q.select().from(sessions).where(eq(sessions.userId, userId));
      return {
        password: (await account(userId))?.passwordHash !== null,
        sessions: open.filter(({ endedAt }) => endedAt === null).length,
        identities: await db.read.q.$count(identities, eq(identities.userId, userId)),
        token: "actor" in (await authenticateManagementToken(db, management, START)),
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
    setScimGroupRole({ ctx: ctxOf(db, admin), input: { groupId, siteRole } });

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
    await db.write(async (tx) => {
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
      json: { scimType: "invalidValue", detail: expect.stringContaining("1000") },
    });
    expect([await roleOf("usr_0"), await roleOf("usr_1")]).toEqual(["admin", "developer"]);
    await setRole(id, null);
    expect((await scim("PATCH", `/Groups/${id}`, add)).json.members).toHaveLength(1_001);
  });

  test("give no role to a deleted user whom an administrator enables", async () => {
    const ada = await create("Ada");
    await setRole(await makeGroup(ada.id), "admin");
    await scim("DELETE", `/Users/${ada.id}`);
    await enableUser({ ctx: ctxOf(db, admin), input: { userId: ada.id } });
    expect(await account(ada.id)).toMatchObject({ siteRole: "developer", disabledAt: null });
  });

  test("take no role away that an administrator gave, and never the last administrator", async () => {
    const ada = await create("Ada");
    await db.write((tx) =>
      tx.q.update(tx.t.users).set({ siteRole: "admin" }).where(eq(tx.t.users.id, ada.id)),
    );
    const id = await makeGroup(ada.id);
    await setRole(id, "admin");
    await setRole(id, null);
    expect(await roleOf(ada.id)).toBe("admin");
    await db.write((tx) =>
      tx.q.update(tx.t.users).set({ disabledAt: START }).where(eq(tx.t.users.id, admin.userId)),
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

describe("lists", () => {
  test("are filtered with and, or, not, brackets and every comparison", async () => {
    const [ada, bob, cy] = [
      await create("Ada"),
      await create("Bob"),
      await create("Cy_%", { active: false }),
    ];
    const cases: [string, unknown[]][] = [
      ['userName sw "ada" or displayName eq "bob"', [ada, bob]],
      ['displayName co "_%"', [cy]],
      ['displayName co "D"', [ada]],
      ['displayName ew "B" and active eq true', [bob]],
      ["active eq False", [cy]],
      ["not (active eq true)", [cy]],
      ['active ne true or (name.givenName eq "Ada" and name.familyName pr)', [ada, cy]],
      ['emails[type eq "work" and value eq "BOB@acme.example"]', [bob]],
      ['emails[type eq "home"]', []],
      ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "Bob@acme.example"', [bob]],
      [`id ne "${ada.id}" and meta.created ge "2020-01-01T00:00:00Z"`, [bob, cy]],
      [`externalId eq "${ada.externalId.toUpperCase()}"`, /[a-f]/.test(ada.externalId) ? [] : [ada]],
      ['userName gt "b"', [bob, cy]],
      ["externalId eq null", []],
    ];
    for (const [filter, expected] of cases) {
      const { json } = await find(filter);
      const ids = json.Resources.map(({ id }: { id: string }) => id).sort();
      expect(ids, filter).toEqual(expected.map((user) => (user as { id: string }).id).sort());
    }
  });

  test("come in pages, with the total of all", async () => {
    const all = [await create("Ada"), await create("Bob"), await create("Cy")].map(({ id }) => id).sort();
    const page = async (query: string) => (await scim("GET", `/Users?${query}`)).json;
    const first = await page("startIndex=1&count=2");
    expect(first).toMatchObject({ totalResults: 3, startIndex: 1, itemsPerPage: 2 });
    const second = await page("startIndex=3&count=2");
    const ids = [...first.Resources, ...second.Resources].map(({ id }: { id: string }) => id);
    expect(ids).toEqual(all);
    expect(await page("count=0")).toMatchObject({ totalResults: 3, Resources: [] });
    expect(await page("startIndex=-5&count=-1")).toMatchObject({ startIndex: 1, itemsPerPage: 0 });
    expect((await page("attributes=userName")).Resources[0]).toEqual({
      schemas: expect.any(Array),
      id: all[0],
      userName: expect.any(String),
    });
  });

  test.each([
    "userName",
    "userName eq",
    'userName eq "a" and',
    'userName is "a"',
    'password eq "a"',
    "userName eq a",
    'active gt "a"',
    '(userName eq "a"',
    'userName eq "a" userName',
    `${"(".repeat(30)}active pr${")".repeat(30)}`,
    Array.from({ length: 51 }, () => "active pr").join(" or "),
    `userName eq "${"a".repeat(4_000)}"`,
    'userName eq "\' or 1=1 --" or',
  ])("with a filter that can't be used are rejected: %s", async (filter) => {
    expect(await find(filter)).toMatchObject({ status: 400, json: { scimType: "invalidFilter" } });
  });
});

describe("bad input", () => {
  test("gets an error in SCIM's form", async () => {
    const { id } = await create("Ada");
    const cases: [string, string, unknown, number, string | undefined][] = [
      ["POST", "/Users", "[]", 400, "invalidSyntax"],
      ["POST", "/Users", "{", 400, "invalidSyntax"],
      ["POST", "/Users", {}, 400, "invalidValue"],
      ["POST", "/Users", { userName: "no-address" }, 400, "invalidValue"],
      ["POST", "/Users", entraUser("X", { userName: "x".repeat(256) }), 400, "invalidValue"],
      ["POST", "/Users", entraUser("X", { emails: "x" }), 400, "invalidValue"],
      ["POST", "/Users", entraUser("X", { active: "maybe" }), 400, "invalidValue"],
      ["POST", "/Users", entraUser("Ada"), 409, "uniqueness"],
      ["PATCH", `/Users/${id}`, {}, 400, "invalidSyntax"],
      ["PATCH", `/Users/${id}`, patch({ op: "move", path: "active" }), 400, "invalidSyntax"],
      ["PATCH", `/Users/${id}`, patch({ op: "remove" }), 400, "noTarget"],
      ["PATCH", `/Users/${id}`, patch({ op: "remove", path: "userName" }), 400, "mutability"],
      ["PATCH", `/Users/${id}`, patch({ op: "replace", value: "x" }), 400, "invalidValue"],
      ["PATCH", "/Users/usr_none", patch({ op: "replace", path: "active", value: true }), 404, undefined],
      ["POST", "/Groups", { displayName: " " }, 400, "invalidValue"],
      ["POST", "/Groups", { displayName: "G", members: [{ value: "usr_none" }] }, 400, "invalidValue"],
      ["GET", "/Users?count=many", undefined, 400, "invalidValue"],
      ["GET", "/Nothing", undefined, 404, undefined],
      ["GET", "/Users/a/b", undefined, 404, undefined],
      ["DELETE", "/Users", undefined, 405, undefined],
      ["POST", "/Bulk", {}, 404, undefined],
    ];
    for (const [method, path, body, status, scimType] of cases) {
      const answer = await scim(method, path, body);
      const name = `${method} ${path} ${JSON.stringify(body)?.slice(0, 60)}`;
      expect(answer, name).toMatchObject({ status, json: { status: String(status) } });
      expect(answer.json.scimType, name).toBe(scimType);
      expect(answer.json.schemas, name).toEqual(["urn:ietf:params:scim:api:messages:2.0:Error"]);
      expect(answer.headers.get("content-type"), name).toBe("application/scim+json");
    }
    expect(await db.read.q.$count(db.read.t.scimUsers)).toBe(1);
  });

  test("of more than 1 MiB or of another type is not read", async () => {
    const large = { ...entraUser("Ada"), title: "x".repeat(1024 * 1024) };
    expect((await scim("POST", "/Users", large)).status).toBe(413);
    expect((await scim("POST", "/Users", "userName=x", { "Content-Type": "text/plain" })).status).toBe(415);
  });

  test("an address that the sign-up policy excludes gets no account", async () => {
    const settings = { signUp: { kind: "domains" as const, domains: ["other.example"] } };
    const denied = await scimOf(db, token, { settings })("POST", "/Users", entraUser("Ada"));
    expect(denied).toMatchObject({ status: 400, json: { scimType: "invalidValue" } });
  });
});

test("describes itself: configuration, resource types and schemas", async () => {
  const { json: config } = await scim("GET", "/ServiceProviderConfig");
  expect(config).toMatchObject({
    patch: { supported: true },
    bulk: { supported: false },
    filter: { supported: true, maxResults: 200 },
  });
  expect((await scim("GET", "/ResourceTypes")).json.Resources).toMatchObject([
    { id: "User" },
    { id: "Group" },
  ]);
  const { json: schemas } = await scim("GET", "/Schemas");
  expect(schemas.totalResults).toBe(2);
  for (const { id } of schemas.Resources) expect((await scim("GET", `/Schemas/${id}`)).json.id).toBe(id);
  expect((await scim("GET", "/Schemas/other")).status).toBe(404);
});
