import { beforeAll, describe, expect, test } from "vitest";
import { MANAGEMENT_SCOPES, PROJECT_TOKEN_ROLES, type ProjectTokenRole } from "#core/scopes.ts";
import { START } from "#test/people.ts";
import { ctxIn, openVerbFixture, stateOf, type VerbFixture } from "#test/verbs/verb-fixture.ts";
import { PROJECT_VERBS } from "./project-verbs.ts";
import { SITE_VERBS } from "./site-verbs.ts";
import { allBut, byToken, errorOf, NAMED_VERBS, VERBS } from "./verb-calls.ts";

describe("without a session", () => {
  let fixture: VerbFixture;
  let before: string;
  beforeAll(async () => {
    fixture = await openVerbFixture();
    before = await stateOf(fixture.db);
  });

  test.each(NAMED_VERBS.filter(([, verb]) => verb.stranger !== "link"))(
    "%s: a visitor must sign in",
    async (_, verb) => {
      expect((await errorOf(verb.run(ctxIn(fixture, "visitor"), fixture.ids))).code).toBe("unauthenticated");
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
