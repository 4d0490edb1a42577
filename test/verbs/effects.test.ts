import { desc } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { ctxIn, openVerbFixture, stateOf, type VerbFixture } from "#test/verbs/verb-fixture.ts";
import { NAMED_VERBS } from "./verb-calls.ts";

describe("a verb that reads", () => {
  let fixture: VerbFixture;
  let before: string;
  beforeAll(async () => {
    fixture = await openVerbFixture();
    before = await stateOf(fixture.db);
  });

  test.each(NAMED_VERBS.filter(([, verb]) => verb.stranger === "own" && !verb.leaves && !verb.quiet))(
    "%s: a stranger sees nothing of the project",
    async (_, verb) => {
      const answer = JSON.stringify((await verb.run(ctxIn(fixture, "stranger"), fixture.ids)) ?? null);
      for (const text of fixture.hidden) expect(answer).not.toContain(text);
    },
  );

  test.each(NAMED_VERBS.filter(([, verb]) => !verb.leaves && !verb.quiet))(
    "%s changes nothing",
    async (_, verb) => {
      await verb.run(ctxIn(fixture, verb.by), fixture.ids);
      expect(await stateOf(fixture.db)).toBe(before);
    },
  );
});

describe("a verb that writes", () => {
  let fixture: VerbFixture;
  beforeEach(async () => {
    fixture = await openVerbFixture();
  });

  test.each(NAMED_VERBS.filter(([, verb]) => verb.stranger === "own" && (verb.leaves || verb.quiet)))(
    "%s: a stranger sees nothing of the project",
    async (_, verb) => {
      const answer = JSON.stringify((await verb.run(ctxIn(fixture, "stranger"), fixture.ids)) ?? null);
      for (const text of fixture.hidden) expect(answer).not.toContain(text);
    },
  );

  test.each(NAMED_VERBS.flatMap(([name, verb]) => (verb.leaves ? [[name, verb, verb.leaves] as const] : [])))(
    "%s: the change, its audit entry and its feed entry are committed together or not at all, without a secret",
    async (_, verb, leaves) => {
      const { db } = fixture;
      await verb.prepare?.(ctxIn(fixture, "admin"), fixture.ids);
      const before = await stateOf(db);
      await expect(
        verb.run(ctxIn(fixture, verb.by, { db: failBeforeCommit(db) }), fixture.ids),
      ).rejects.toThrow("cut");
      expect(await stateOf(db)).toBe(before);

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

      const after = await stateOf(db);
      expect(after).not.toMatch(/\blk_(live|test|svc|mgt|scim)_[0-9A-Za-z]{36}\b/);
      expect(after).not.toContain(fixture.ids.invitationToken);
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
