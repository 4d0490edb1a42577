import { globSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { MANAGEMENT_SCOPES } from "#core/scopes.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { updateKey } from "#domain/keys/update.ts";
import { absent, ctxIn, openVerbFixture, stateOf, type VerbFixture } from "#test/verbs/verb-fixture.ts";
import { PROJECT_VERBS } from "./project-verbs.ts";
import { byToken, errorOf, NAMED_VERBS, VERBS } from "./verb-calls.ts";

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
