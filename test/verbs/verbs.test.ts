import { globSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { MANAGEMENT_SCOPES, PROJECT_TOKEN_ROLES, type ProjectTokenRole } from "#core/scopes.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { updateKey } from "#domain/keys/update.ts";
import { START } from "#test/people.ts";
import { absent, ctxIn, openVerbFixture, stateOf, type VerbFixture } from "#test/verbs/verb-fixture.ts";
import { PROJECT_VERBS } from "./project-verbs.ts";
import { SITE_VERBS } from "./site-verbs.ts";
import { allBut, byToken, errorOf, NAMED_VERBS, VERBS } from "./verb-calls.ts";

/** Verbs of identity providers, which no person can call: see server/scim/tokens.test.ts. */
const OF_PROVIDERS = ["users", "groups", "read-users", "read-groups"].map(
  (name) => `domain/access/scim/${name}.ts`,
);
test("the table below lists every verb", () => {
  // Verbs of people's own accounts have separate tests beside them.
  const files = [
    ...globSync("domain/*/**/*.ts", {
      exclude: ["domain/access/accounts/**", ...OF_PROVIDERS, "**/*.test.ts"],
    }),
    "domain/access/accounts/me.ts",
  ];
  const declared = files.flatMap((file) =>
    // A verb has one argument, `{ ctx, input }`, destructured or not.
    [
      ...readFileSync(file, "utf8").matchAll(
        /^export (?:async )?function (\w+)\(\s*(?:\{\s*ctx\b|call:|[^)]*?\bVerb<)/gm,
      ),
    ].map((found) => found[1]),
  );
  expect(declared.length).toBeGreaterThan(40);
  expect(VERBS.map((verb) => verb.name).sort()).toEqual(declared.sort());
});

describe("without permission", () => {
  let fixture: VerbFixture;
  let before: string;
  beforeAll(async () => {
    fixture = await openVerbFixture();
    before = await stateOf(fixture.db);
  });

  test.each(NAMED_VERBS.filter(([, { stranger }]) => stranger !== "own" && stranger !== "link"))(
    "%s: a stranger learns nothing, not even whether it exists, and changes nothing",
    async (_, verb) => {
      const ctx = ctxIn(fixture, "stranger");
      const error = await errorOf(verb.run(ctx, fixture.ids));
      expect(error.code).toBe(verb.stranger);
      expect(await errorOf(verb.run(ctx, absent(fixture.ids)))).toEqual(error);
      for (const text of fixture.hidden) expect(JSON.stringify(error)).not.toContain(text);
      expect(await stateOf(fixture.db)).toBe(before);
    },
  );

  test.each(NAMED_VERBS.filter(([, verb]) => verb.stranger !== "link"))(
    "%s: a visitor must sign in",
    async (_, verb) => {
      expect((await errorOf(verb.run(ctxIn(fixture, "visitor"), fixture.ids))).code).toBe("unauthenticated");
      expect(await stateOf(fixture.db)).toBe(before);
    },
  );

  test("an identity provider with a SCIM token can call none of them", async () => {
    const scim = {
      kind: "scim",
      tokenId: "sct_x",
      name: "Entra ID",
      provider: null,
      issuer: null,
      managesAdmins: true,
      ipAddress: "203.0.113.9",
    } as const;
    for (const [name, verb] of NAMED_VERBS) {
      if (verb.stranger === "link") continue;
      const { code } = await errorOf(verb.run({ ...ctxIn(fixture, "visitor"), actor: scim }, fixture.ids));
      expect(code, name).toBe("unauthenticated");
    }
    expect(await stateOf(fixture.db)).toBe(before);
  });

  const roles = ["viewer", "developer", "owner"] as const;
  const tooLow = PROJECT_VERBS.flatMap((verb) =>
    roles.slice(0, roles.indexOf(verb.by as "owner")).map((role) => [verb.name, role, verb] as const),
  );
  test.each(tooLow)(
    "%s: the role %s is not enough, in a session or by a token, and nothing changes",
    async (_, role, verb) => {
      expect((await errorOf(verb.run(ctxIn(fixture, role), fixture.ids))).code).toBe("forbidden");
      const script = byToken(fixture, { ...verb, by: role }, MANAGEMENT_SCOPES);
      expect((await errorOf(verb.run(script, fixture.ids))).code).toBe("forbidden");
      expect(await stateOf(fixture.db)).toBe(before);
    },
  );
});

describe("with a session that must set up a second factor first", () => {
  let fixture: VerbFixture;
  let before: string;
  beforeAll(async () => {
    fixture = await openVerbFixture();
    before = await stateOf(fixture.db);
  });

  test.each(NAMED_VERBS.filter(([, verb]) => verb.stranger !== "link"))("%s: denied", async (_, verb) => {
    const session = { id: "ses_stopped", confirmedAt: START, needsFactor: true as const };
    const ctx = ctxIn(fixture, verb.by, { actor: { ...fixture.users[verb.by], session } });
    expect(await errorOf(verb.run(ctx, fixture.ids))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("requires a second factor"),
    });
    expect(await stateOf(fixture.db)).toBe(before);
  });
});

/** Verbs that decide who may act, and where. */
const GRANTS_RIGHTS =
  /^(user|member|invitation)\.|^managementToken\.(created|rotated)$|^project\.handed-over$/;

describe("a management token", () => {
  test("can't call a verb that grants access without a further credential", () => {
    const unprotected = VERBS.filter(
      ({ leaves, token }) => leaves && GRANTS_RIGHTS.test(leaves.audit) && !token,
    );
    expect(unprotected.map(({ name }) => name)).toEqual([]);
  });

  test.each(NAMED_VERBS.flatMap(([name, verb]) => (verb.token ? [[name, verb.token, verb] as const] : [])))(
    "%s needs %s: a token with every other scope is rejected and changes nothing",
    async (_, needed, verb) => {
      const fixture = await openVerbFixture();
      await verb.prepare?.(ctxIn(fixture, "admin"), fixture.ids);
      const before = await stateOf(fixture.db);
      expect((await errorOf(verb.run(byToken(fixture, verb, allBut(needed)), fixture.ids))).code).toBe(
        "forbidden",
      );
      const nameless = ctxIn(fixture, verb.by, { actor: { ...fixture.users[verb.by], via: "token" } });
      expect((await errorOf(verb.run(nameless, fixture.ids))).code).toBe("forbidden");
      expect(await stateOf(fixture.db)).toBe(before);
      if (needed !== "never") await verb.run(byToken(fixture, verb, [needed]), fixture.ids);
    },
  );

  const policies = NAMED_VERBS.flatMap(([name, verb]) =>
    verb.loosen ? [[name, verb, verb.loosen] as const] : [],
  );
  test.each(policies)("can make a policy stricter with %s, but not looser", async (_, verb, loosen) => {
    const fixture = await openVerbFixture();
    const script = byToken(fixture, verb, MANAGEMENT_SCOPES);
    await verb.run(script, fixture.ids);
    const before = await stateOf(fixture.db);
    expect((await errorOf(loosen(script, fixture.ids))).code).toBe("forbidden");
    expect(await stateOf(fixture.db)).toBe(before);
    await loosen(ctxIn(fixture, verb.by), fixture.ids);
    expect(await stateOf(fixture.db)).not.toBe(before);
  });

  test("can loosen no verb that sets a policy: all of them are in the test above", () => {
    const setters = VERBS.filter(({ leaves }) =>
      /^policies\.|(secret-age|key-rules)-set$/.test(leaves?.audit ?? ""),
    );
    expect(setters.map(({ name }) => name).sort()).toEqual(policies.map(([name]) => name).sort());
  });
});

describe("a project's token", () => {
  let fixture: VerbFixture;
  let before: string;
  beforeAll(async () => {
    fixture = await openVerbFixture();
    before = await stateOf(fixture.db);
  });

  /** A token of this project with a role and every scope, including those that a token can't be created with. */
  const scriptOf = (projectId: string, role: ProjectTokenRole) =>
    ctxIn(fixture, "owner", {
      actor: {
        kind: "project",
        projectId,
        role,
        ipAddress: "198.51.100.7",
        token: { id: "mgt_ci", name: "ci", scopes: MANAGEMENT_SCOPES },
        createdBy: fixture.ids.ownerId,
      },
    });
  const ROLES = ["viewer", "developer", "owner"];
  const tooHigh = PROJECT_TOKEN_ROLES.flatMap((role) =>
    PROJECT_VERBS.filter(({ by }) => ROLES.indexOf(by) > ROLES.indexOf(role)).map(
      (verb) => [role, verb.name, verb] as const,
    ),
  );

  test.each(tooHigh)("with the role %s can't call %s, and changes nothing", async (role, _, verb) => {
    const error = await errorOf(verb.run(scriptOf(fixture.ids.projectId, role), fixture.ids));
    expect(error.code).toBe("forbidden");
    expect(await stateOf(fixture.db)).toBe(before);
  });

  test.each(PROJECT_VERBS.map((verb) => [verb.name, verb] as const))(
    "%s: a token of another project learns nothing and changes nothing",
    async (_, verb) => {
      const error = await errorOf(verb.run(scriptOf("prj_other", "developer"), fixture.ids));
      expect(error.code === "not-found" || verb.token !== undefined).toBe(true);
      expect(await stateOf(fixture.db)).toBe(before);
    },
  );

  /** For everyone with an account, and without data of a user. */
  const SHARED = [
    "listApis",
    "getApi",
    "listApiSummaries",
    "listApiNames",
    "getApiForPage",
    "findOperations",
    "readReference",
    "readOperation",
    "readApiDocument",
    "listReferences",
    "llmsIndex",
    "llmsReference",
    "readFirstCall",
    "listGuides",
    "getGuide",
    "getChangelog",
    "listPlans",
    "getPlan",
    "reportLeaks",
    "reportFoundKey",
    "listProjects",
    "readInvitation",
  ];
  test.each(
    SITE_VERBS.filter(({ name }) => !SHARED.includes(name)).map((verb) => [verb.name, verb] as const),
  )("can't call %s, which needs a user or an administrator", async (_, verb) => {
    const error = await errorOf(verb.run(scriptOf(fixture.ids.projectId, "developer"), fixture.ids));
    expect(error.code).toBe("forbidden");
    expect(await stateOf(fixture.db)).toBe(before);
  });
});

describe("a key or project that an administrator ended", () => {
  let fixture: VerbFixture;
  let before: string;
  beforeAll(async () => {
    fixture = await openVerbFixture();
    const { projectId, keyId, revokedKeyId } = fixture.ids;
    const ctx = ctxIn(fixture, "admin");
    await updateKey({ ctx, input: { projectId, keyId, enabled: false } });
    await revokeKey({ ctx, input: { projectId, keyId: revokedKeyId } });
    before = await stateOf(fixture.db);
  });

  const roles = ["viewer", "developer", "owner"] as const;
  test.each(roles)("a member who is %s can't enable or restore, and changes nothing", async (role) => {
    const { projectId, keyId, revokedKeyId } = fixture.ids;
    const ctx = ctxIn(fixture, role);
    const tries = [
      () => updateKey({ ctx, input: { projectId, keyId, enabled: true } }),
      () => updateKey({ ctx, input: { projectId, keyId, enabled: true, name: "renamed" } }),
      () => restoreKey({ ctx, input: { projectId, keyId: revokedKeyId } }),
    ];
    for (const attempt of tries) expect((await errorOf(attempt())).code).toBe("forbidden");
    expect(await stateOf(fixture.db)).toBe(before);
  });
});
