import { describe, expect, test } from "vitest";
import { TEST_SETTINGS } from "#test/people.ts";
import { entraUser, patch, scimOf } from "#test/scim.ts";
import { account, create, find, scim, setUpScim, site } from "#test/scim-fixture.ts";

setUpScim();

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
      [
        "GET",
        `/Users?filter=${encodeURIComponent('userName eq "\\u0000"')}`,
        undefined,
        400,
        "invalidFilter",
      ],
      ["GET", "/Users?filter=%00", undefined, 400, "invalidValue"],
      ["GET", "/Users/%00", undefined, 400, "invalidValue"],
      ["PUT", "/Users/%00", { ...entraUser("X"), id }, 400, "invalidValue"],
      [
        "GET",
        `/Groups?filter=${encodeURIComponent('displayName co "a\\u0000b"')}`,
        undefined,
        400,
        "invalidFilter",
      ],
      ["POST", "/Users", entraUser("X", { externalId: "a\0b" }), 400, "invalidValue"],
      ["POST", "/Users", entraUser("X", { displayName: "a\0b" }), 400, "invalidValue"],
      ["POST", "/Groups", { displayName: "G", externalId: "\0" }, 400, "invalidValue"],
      ["POST", "/Groups", { displayName: "G", members: [{ value: "usr_\0" }] }, 400, "invalidValue"],
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
    expect(await site.db.read.q.$count(site.db.read.t.scimUsers)).toBe(1);
  });

  test("of more than 1 MiB or of another type is not read", async () => {
    const large = { ...entraUser("Ada"), title: "x".repeat(1024 * 1024) };
    expect((await scim("POST", "/Users", large)).status).toBe(413);
    expect((await scim("POST", "/Users", "userName=x", { "Content-Type": "text/plain" })).status).toBe(415);
  });

  test("an address that the sign-up policy excludes gets no account", async () => {
    const settings = { signUp: { kind: "domains" as const, domains: ["other.example"] } };
    const denied = await scimOf(site.db, site.token, { settings })("POST", "/Users", entraUser("Ada"));
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
