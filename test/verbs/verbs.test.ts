import { globSync, readFileSync } from "node:fs";
import { desc } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  MANAGEMENT_SCOPES,
  type ManagementScope,
  PROJECT_TOKEN_ROLES,
  type ProjectTokenRole,
} from "#core/scopes.ts";
import type { Db } from "#db/open.ts";
import { DomainError } from "#domain/errors.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { updateKey } from "#domain/keys/update.ts";
import { openTestDb } from "#test/db.ts";
import { START } from "#test/people.ts";
import { PROJECT_VERBS } from "#test/verbs/project-verbs.ts";
import { SITE_VERBS } from "#test/verbs/site-verbs.ts";
import type { VerbRow } from "#test/verbs/verb-row.ts";
import { absent, createVerbFixture, ctxIn, dump, type VerbFixture } from "./verb-fixture.ts";

const VERBS = [...PROJECT_VERBS, ...SITE_VERBS];
const named = VERBS.map((verb) => [verb.name, verb] as const);

/** Verbs of identity providers, which no person can call: see server/scim/tokens.test.ts. */
const OF_PROVIDERS = ["users", "groups", "read-users", "read-groups"].map(
  (name) => `domain/access/scim/${name}.ts`,
);

/** The `DomainError` of a call, as data; fails if the call succeeds. */
async function errorOf(work: Promise<unknown>) {
  const error = await work.then(
    (value) => expect.unreachable(`it answered ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DomainError)) throw error;
  return { code: error.code, message: error.message, errors: error.errors };
}

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
    fixture = await createVerbFixture(await openTestDb());
    before = await dump(fixture.db);
  });

  test.each(named.filter(([, verb]) => verb.stranger !== "own"))(
    "%s: a stranger learns nothing, not even whether it exists, and changes nothing",
    async (_, verb) => {
      const ctx = ctxIn(fixture, "stranger");
      if (verb.stranger === "link") return;
      const error = await errorOf(verb.run(ctx, fixture.ids));
      expect(error.code).toBe(verb.stranger);
      expect(await errorOf(verb.run(ctx, absent(fixture.ids)))).toEqual(error);
      for (const text of fixture.hidden) expect(JSON.stringify(error)).not.toContain(text);
      expect(await dump(fixture.db)).toBe(before);
    },
  );

  test.each(named.filter(([, verb]) => verb.stranger !== "link"))(
    "%s: a visitor must sign in",
    async (_, verb) => {
      expect((await errorOf(verb.run(ctxIn(fixture, "visitor"), fixture.ids))).code).toBe("unauthenticated");
      expect(await dump(fixture.db)).toBe(before);
    },
  );

  test("an identity provider with a SCIM token can call none of them", async () => {
    const scim = { kind: "scim", tokenId: "sct_x", name: "Entra ID", ipAddress: "203.0.113.9" } as const;
    for (const [name, verb] of named) {
      if (verb.stranger === "link") continue;
      const { code } = await errorOf(verb.run({ ...ctxIn(fixture, "visitor"), actor: scim }, fixture.ids));
      expect(code, name).toBe("unauthenticated");
    }
    expect(await dump(fixture.db)).toBe(before);
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
      expect(await dump(fixture.db)).toBe(before);
    },
  );
});

describe("with a session that must set up a second factor first", () => {
  let fixture: VerbFixture;
  let before: string;
  beforeAll(async () => {
    fixture = await createVerbFixture(await openTestDb());
    before = await dump(fixture.db);
  });

  test.each(named.filter(([, verb]) => verb.stranger !== "link"))("%s: denied", async (_, verb) => {
    const session = { id: "ses_stopped", confirmedAt: START, needsFactor: true as const };
    const ctx = ctxIn(fixture, verb.by, { actor: { ...fixture.users[verb.by], session } });
    expect(await errorOf(verb.run(ctx, fixture.ids))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("requires a second factor"),
    });
    expect(await dump(fixture.db)).toBe(before);
  });
});

/** The same actor, but by a management token with these scopes. */
const byToken = (fixture: VerbFixture, verb: VerbRow, scopes: readonly ManagementScope[]) =>
  ctxIn(fixture, verb.by, {
    actor: {
      ...fixture.users[verb.by],
      via: "token",
      token: { id: "mgt_script", name: "script", scopes },
    },
  });
const allBut = (scope: string) => MANAGEMENT_SCOPES.filter((other) => other !== scope);
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

  test.each(named.flatMap(([name, verb]) => (verb.token ? [[name, verb.token, verb] as const] : [])))(
    "%s needs %s: a token with every other scope is rejected and changes nothing",
    async (_, needed, verb) => {
      const fixture = await createVerbFixture(await openTestDb());
      await verb.prepare?.(ctxIn(fixture, "admin"), fixture.ids);
      const before = await dump(fixture.db);
      expect((await errorOf(verb.run(byToken(fixture, verb, allBut(needed)), fixture.ids))).code).toBe(
        "forbidden",
      );
      const nameless = ctxIn(fixture, verb.by, { actor: { ...fixture.users[verb.by], via: "token" } });
      expect((await errorOf(verb.run(nameless, fixture.ids))).code).toBe("forbidden");
      expect(await dump(fixture.db)).toBe(before);
      if (needed !== "never") await verb.run(byToken(fixture, verb, [needed]), fixture.ids);
    },
  );
});

describe("a project's token", () => {
  let fixture: VerbFixture;
  let before: string;
  beforeAll(async () => {
    fixture = await createVerbFixture(await openTestDb());
    before = await dump(fixture.db);
  });

  /** A token of this project with a role and every scope, also those that a token can't be created with. */
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
    expect(await dump(fixture.db)).toBe(before);
  });

  test.each(PROJECT_VERBS.map((verb) => [verb.name, verb] as const))(
    "%s: a token of another project learns nothing and changes nothing",
    async (_, verb) => {
      const error = await errorOf(verb.run(scriptOf("prj_other", "developer"), fixture.ids));
      expect(error.code === "not-found" || verb.token !== undefined).toBe(true);
      expect(await dump(fixture.db)).toBe(before);
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
    expect(await dump(fixture.db)).toBe(before);
  });
});

describe("a key or project that an administrator ended", () => {
  let fixture: VerbFixture;
  let before: string;
  beforeAll(async () => {
    fixture = await createVerbFixture(await openTestDb());
    const { projectId, keyId, revokedKeyId } = fixture.ids;
    const ctx = ctxIn(fixture, "admin");
    await updateKey({ ctx, input: { projectId, keyId, enabled: false } });
    await revokeKey({ ctx, input: { projectId, keyId: revokedKeyId } });
    before = await dump(fixture.db);
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
    expect(await dump(fixture.db)).toBe(before);
  });
});

describe("a user's own data", () => {
  let db: Db;
  beforeEach(async () => {
    db = await openTestDb();
  });

  test.each(named.filter(([, verb]) => verb.stranger === "own"))(
    "%s: a stranger sees nothing of the project",
    async (_, verb) => {
      const fixture = await createVerbFixture(db);
      const answer = JSON.stringify((await verb.run(ctxIn(fixture, "stranger"), fixture.ids)) ?? null);
      for (const text of fixture.hidden) expect(answer).not.toContain(text);
    },
  );
});

describe("the effects of a verb", () => {
  let fixture: VerbFixture;
  beforeEach(async () => {
    fixture = await createVerbFixture(await openTestDb());
  });

  test.each(named.filter(([, verb]) => !verb.leaves && !verb.quiet))("%s only reads", async (_, verb) => {
    const before = await dump(fixture.db);
    await verb.run(ctxIn(fixture, verb.by), fixture.ids);
    expect(await dump(fixture.db)).toBe(before);
  });

  test.each(named.flatMap(([name, verb]) => (verb.leaves ? [[name, verb, verb.leaves] as const] : [])))(
    "%s: the change, its audit entry and its feed entry are committed together or not at all",
    async (_, verb, leaves) => {
      const { db } = fixture;
      await verb.prepare?.(ctxIn(fixture, "admin"), fixture.ids);
      const before = await dump(db);
      await expect(
        verb.run(ctxIn(fixture, verb.by, { db: failBeforeCommit(db) }), fixture.ids),
      ).rejects.toThrow("cut");
      expect(await dump(db)).toBe(before);

      const changesBefore = (await db.read.q.select().from(db.read.t.changes)).length;
      await verb.run(ctxIn(fixture, verb.by), fixture.ids);
      const changes = await db.read.q.select().from(db.read.t.changes).orderBy(db.read.t.changes.seq);
      expect(changes.slice(changesBefore).map((change) => change.kind)).toEqual(leaves.changes);
      const { audit } = db.read.t;
      const [trace] = await db.read.q.select().from(audit).orderBy(desc(audit.seq)).limit(1);
      const actor = fixture.actors[verb.by];
      expect(trace).toMatchObject({ action: leaves.audit, via: "session", address: "198.51.100.7" });
      expect(trace?.actorId).toBe(actor.kind === "user" ? actor.userId : null);
      if (leaves.projectId === null) expect(trace?.projectId).toBeNull();
      else expect(trace?.projectId).toMatch(/^prj_/);
    },
  );

  test.each(named.flatMap(([name, verb]) => (verb.leaves ? [[name, verb] as const] : [])))(
    "%s: no secret is in any row, and no hash of one in the audit log",
    async (_, verb) => {
      const { db } = fixture;
      await verb.prepare?.(ctxIn(fixture, "admin"), fixture.ids);
      await verb.run(ctxIn(fixture, verb.by), fixture.ids);
      expect(await dump(db)).not.toMatch(/\blk_(live|test|svc|mgt|scim)_[0-9A-Za-z]{36}\b/);
      expect(await dump(db)).not.toContain(fixture.ids.invitationToken);
      // Without the hashes of the chain.
      const rows = (await db.read.q.select().from(db.read.t.audit)).map(({ hash: _, ...row }) => row);
      const traces = JSON.stringify(rows);
      expect(traces).not.toMatch(/[0-9a-f]{64}/);
      expect(traces).not.toMatch(/token=/);
    },
  );
});

/** The same database, but every transaction fails just before its commit. */
function failBeforeCommit(db: Db): Db {
  return {
    ...db,
    write: (work) =>
      db.write(async (tx) => {
        await work(tx);
        throw new Error("cut");
      }),
  };
}
