import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { adoptScimIssuers } from "#domain/access/accounts/adopt-identities.ts";
import { signInWithProvider } from "#domain/access/accounts/providers.ts";
import { setScimGroupRole } from "#domain/access/scim/roles.ts";
import { createScimToken, listScimTokens } from "#domain/access/scim/tokens.ts";
import { ctxOf, makeProvider, TEST_SETTINGS } from "#test/people.ts";
import { entraUser, patch, scimOf } from "#test/scim.ts";
import { account, create, scim, setUpScim, site } from "#test/scim-fixture.ts";

setUpScim();

test("a user whose name looks like that of a deleted one hinders no deletion", async () => {
  const ada = await create("Ada");
  await create("Eve", { userName: `deleted:${ada.id}` });
  await create("Mallory", { userName: `DELETED:${ada.id}` }).catch(() => {});
  expect((await scim("DELETE", `/Users/${ada.id}`)).status).toBe(204);
});

describe("administrators", () => {
  const makeAdministrator = async () => {
    const ada = await create("Ada");
    await site.db.write((tx) =>
      tx.q.update(tx.t.users).set({ siteRole: "admin" }).where(eq(tx.t.users.id, ada.id)),
    );
    return ada;
  };
  const move = (by: typeof scim, id: string) =>
    by(
      "PATCH",
      `/Users/${id}`,
      patch({ op: "replace", path: 'emails[type eq "work"].value', value: "evil@evil.example" }),
    );

  test("keep their email address, so that nobody signs in as one of them through a provider", async () => {
    const ada = await makeAdministrator();
    expect(await move(scim, ada.id)).toMatchObject({
      status: 403,
      json: { detail: expect.stringContaining("administrator") },
    });
    const put = entraUser("Ada", { emails: [{ value: "evil@evil.example" }] });
    expect((await scim("PUT", `/Users/${ada.id}`, put)).status).toBe(403);
    expect((await account(ada.id))?.email).toBe("ada@acme.example");
    const renamed = patch({ op: "replace", path: "displayName", value: "Ada King" });
    expect((await scim("PATCH", `/Users/${ada.id}`, renamed)).status).toBe(200);
  });

  test("get another one from a token that was created for that", async () => {
    const ada = await makeAdministrator();
    const input = { name: "Okta", managesAdmins: true };
    const { token: strong } = await createScimToken({ ctx: ctxOf(site.db, site.admin), input });
    expect((await move(scimOf(site.db, strong), ada.id)).status).toBe(200);
  });
});

describe("a token of one provider", () => {
  const acme = makeProvider({ id: "acme", requiredDomains: ["acme.example"] });
  const partner = makeProvider({ id: "partner" });
  const settings = { ...TEST_SETTINGS, oidc: [acme, partner] };
  const scimFor = async (provider: string | null, by = settings) => {
    const ctx = ctxOf(site.db, site.admin, { settings: by });
    const created = await createScimToken({ ctx, input: { name: provider ?? "any", provider } });
    return Object.assign(scimOf(site.db, created.token, { settings: by }), { token: created.token });
  };
  const at = (name: string, domain: string) =>
    entraUser(name, { userName: name, emails: [{ value: `${name.toLowerCase()}@${domain}` }] });

  test("sees and changes only its users and groups, which may have the names of others", async () => {
    const [ofAcme, ofPartner, any] = [await scimFor("acme"), await scimFor("partner"), await scimFor(null)];
    const ada = (await ofAcme("POST", "/Users", at("Ada", "acme.example"))).json;
    const other = await ofPartner("POST", "/Users", at("Ada", "partner.example"));
    expect(other.status).toBe(201);
    const groups = await Promise.all(
      [ofAcme, ofPartner].map((by) => by("POST", "/Groups", { displayName: "Ops" })),
    );
    expect(groups.map(({ status }) => status)).toEqual([201, 201]);
    for (const [method, path, body] of [
      ["GET", `/Users/${ada.id}`],
      ["PATCH", `/Users/${ada.id}`, patch({ op: "replace", path: "active", value: false })],
      ["PUT", `/Users/${ada.id}`, at("Ada", "partner.example")],
      ["DELETE", `/Users/${ada.id}`],
      ["GET", `/Groups/${groups[0]?.json.id}`],
      ["DELETE", `/Groups/${groups[0]?.json.id}`],
    ] as const)
      expect((await ofPartner(method, path, body)).status, `${method} ${path}`).toBe(404);
    const add = patch({ op: "add", path: "members", value: [{ value: ada.id }] });
    expect((await ofPartner("PATCH", `/Groups/${groups[1]?.json.id}`, add)).status).toBe(400);
    const seen = async (by: typeof ofAcme) =>
      (await by("GET", '/Users?filter=userName eq "ada"')).json.totalResults;
    expect([await seen(ofAcme), await seen(ofPartner), await seen(any)]).toEqual([1, 1, 2]);
  });

  test("gives nobody an address whose domain requires another provider", async () => {
    const ofPartner = await scimFor("partner");
    expect((await ofPartner("POST", "/Users", at("Ada", "acme.example"))).status).toBe(400);
    const { id } = (await ofPartner("POST", "/Users", at("Bo", "partner.example"))).json;
    const value = "bo@acme.example";
    const path = 'emails[type eq "work"].value';
    const moved = await ofPartner("PATCH", `/Users/${id}`, patch({ op: "replace", path, value }));
    expect(moved.status).toBe(400);
  });

  test("takes over users of another token only if their domain requires its provider, without their groups", async () => {
    const earlier = await scimFor("partner", { ...settings, oidc: [makeProvider({ id: "partner" })] });
    const ada = (await earlier("POST", "/Users", at("Ada", "acme.example"))).json;
    await earlier("POST", "/Users", at("Bo", "free.example"));
    const group = (await earlier("POST", "/Groups", { displayName: "Ops", members: [{ value: ada.id }] }))
      .json;
    await setScimGroupRole({
      ctx: ctxOf(site.db, site.admin),
      input: { groupId: group.id, siteRole: "admin" },
    });
    const ofAcme = await scimFor("acme");
    expect((await ofAcme("POST", "/Users", at("Bo", "free.example"))).status).toBe(409);
    expect((await ofAcme("POST", "/Users", at("Ada", "acme.example"))).json.id).toBe(ada.id);
    expect((await account(ada.id))?.siteRole).toBe("developer");
  });

  test("manages what tokens without a provider created, if it is the only provider", async () => {
    const ada = await create("Ada");
    const only = { ...settings, oidc: [makeProvider({ id: "acme" })] };
    expect((await (await scimFor("acme", only))("GET", `/Users/${ada.id}`)).status).toBe(200);
    expect((await scim("GET", `/Users/${ada.id}`)).status).toBe(200);
  });

  describe("whose name in the settings means another issuer by now", () => {
    const moved = { ...settings, oidc: [{ ...acme, issuer: "https://new.example" }, partner] };
    const enter = (issuer: string, address: string) =>
      signInWithProvider({
        ctx: ctxOf(site.db, { kind: "visitor", ipAddress: null }, { settings: moved }),
        input: {
          provider: "acme",
          issuer,
          accountId: address,
          name: "Ada",
          email: { address },
          linksByEmail: true,
          siteRole: null,
        },
        userAgent: null,
      });

    test("does not work anymore, and the new issuer opens no account of the earlier one", async () => {
      const ofAcme = await scimFor("acme");
      const ada = (await ofAcme("POST", "/Users", at("Ada", "free.example"))).json;
      const before = scimOf(site.db, ofAcme.token, { settings: moved });
      expect((await before("GET", "/Users")).status).toBe(401);
      const listed = await listScimTokens({ ctx: ctxOf(site.db, site.admin, { settings: moved }) });
      expect(listed.filter((one) => one.providerChanged).map(({ provider }) => provider)).toEqual(["acme"]);
      await expect(enter("https://new.example", "ada@free.example")).rejects.toMatchObject({
        reason: "account-exists",
      });
      expect((await enter(acme.issuer, "ada@free.example")).userId).toBe(ada.id);
    });

    test("leaves its users, groups and their roles to the earlier one, and their names to the new one", async () => {
      const ofAcme = await scimFor("acme");
      const ada = (await ofAcme("POST", "/Users", at("Ada", "free.example"))).json;
      const bo = (await ofAcme("POST", "/Users", at("Bo", "acme.example"))).json;
      const group = (await ofAcme("POST", "/Groups", { displayName: "Ops" })).json;
      const input = { groupId: group.id, siteRole: "admin" as const };
      await setScimGroupRole({ ctx: ctxOf(site.db, site.admin), input });
      const next = await scimFor("acme", moved);
      expect((await next("GET", "/Users")).json.totalResults).toBe(0);
      expect((await next("GET", `/Users/${ada.id}`)).status).toBe(404);
      expect((await next("POST", "/Users", at("Ada", "free.example"))).status).toBe(409);
      // Its domain requires the provider, so the organization decides who signs in there.
      expect((await next("POST", "/Users", at("Bo", "acme.example"))).json.id).toBe(bo.id);
      const ops = await next("POST", "/Groups", { displayName: "Ops", members: [{ value: bo.id }] });
      expect(ops.status).toBe(201);
      const add = patch({ op: "add", path: "members", value: [{ value: bo.id }] });
      expect((await next("PATCH", `/Groups/${group.id}`, add)).status).toBe(404);
      expect((await account(bo.id))?.siteRole).toBe("developer");
      await expect(enter("https://new.example", "ada@free.example")).rejects.toMatchObject({
        reason: "account-exists",
      });
    });

    test("keeps what was stored before issuers were, with the issuer at the first start", async () => {
      const ofAcme = await scimFor("acme");
      await ofAcme("POST", "/Users", at("Ada", "free.example"));
      const { scimTokens, scimUsers } = site.db.read.t;
      await site.db.write(async ({ q }) => {
        for (const table of [scimTokens, scimUsers]) await q.update(table).set({ issuer: null });
      });
      await adoptScimIssuers(site.db, settings.oidc);
      await adoptScimIssuers(site.db, moved.oidc);
      expect((await ofAcme("GET", "/Users")).status).toBe(200);
      expect((await scimOf(site.db, ofAcme.token, { settings: moved })("GET", "/Users")).status).toBe(401);
    });

    test("keeps working under another name", async () => {
      const ofAcme = await scimFor("acme");
      const renamed = { ...settings, oidc: [{ ...acme, id: "id" }, partner] };
      const later = scimOf(site.db, ofAcme.token, { settings: renamed });
      expect((await later("POST", "/Users", at("Ada", "acme.example"))).status).toBe(201);
    });
  });

  test("needs a provider of the settings", async () => {
    await expect(scimFor("other")).rejects.toMatchObject({ errors: [{ path: "provider" }] });
  });
});
