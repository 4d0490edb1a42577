import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db, Tx } from "#db/open.ts";
import { removeMember } from "#domain/access/members/remove.ts";
import { setSiteRole } from "#domain/admin/users.ts";
import type { Ctx } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import { makeAdmin, makeMember } from "#test/people.ts";
import { PROJECT_VERBS } from "#test/verbs/project-verbs.ts";
import { SITE_VERBS } from "#test/verbs/site-verbs.ts";
import { waitingForLocks } from "../lock-waits.ts";
import { createVerbFixture, ctxIn, type VerbFixture } from "./verb-fixture.ts";

let world: VerbFixture;
beforeEach(async () => {
  world = await createVerbFixture(await openTestDb());
});

const writing = (verbs: typeof PROJECT_VERBS) =>
  verbs.flatMap((verb) => (verb.leaves ? [[verb.name, verb] as const] : []));

/** The same context, but its verbs write in the transaction that is open already. */
const within = (ctx: Ctx, tx: Tx): Ctx => ({
  ...ctx,
  db: { ...ctx.db, write: (work) => work(tx) },
});

/** Starts `work` while the transaction of `before` is open, and resolves with the error of `work`, or null. */
async function raced(db: Db, before: (tx: Tx) => Promise<unknown>, work: () => Promise<unknown>) {
  let outcome: Promise<unknown> | undefined;
  await db.write(async (tx) => {
    await before(tx);
    outcome = work().then(
      () => null,
      (error: unknown) => error,
    );
    // Until it waits for a lock, or has finished. On SQLite it waits to begin.
    if (db.dialect !== "postgres") return;
    let finished = false;
    void outcome.finally(() => {
      finished = true;
    });
    await expect
      .poll(async () => finished || (await waitingForLocks(db)) > 0, { timeout: 10_000 })
      .toBe(true);
  });
  return outcome;
}

test.each(writing(PROJECT_VERBS))(
  "%s changes nothing once the member who asked for it is removed",
  async (_, verb) => {
    const { db, ids } = world;
    const role = verb.by === "owner" ? "owner" : "developer";
    const actor = await makeMember(db, ids.projectId, role);
    await verb.prepare?.(ctxIn(world, "admin"), ids);
    const input = { projectId: ids.projectId, userId: actor.userId };
    const error = await raced(
      db,
      (tx) => removeMember({ ctx: within(ctxIn(world, "owner"), tx), input }),
      () => verb.run(ctxIn(world, "owner", { actor }), ids),
    );
    expect(error).toMatchObject({ code: "not-found" });
  },
);

test.each(writing(PROJECT_VERBS).filter(([name]) => name !== "deleteProject"))(
  "%s changes nothing once the project is deleted",
  async (_, verb) => {
    const { db, ids } = world;
    await verb.prepare?.(ctxIn(world, "admin"), ids);
    const deleted = (tx: Tx) =>
      tx.q.update(tx.t.projects).set({ deletedAt: 1 }).where(eq(tx.t.projects.id, ids.projectId));
    const error = await raced(db, deleted, () => verb.run(ctxIn(world, verb.by), ids));
    expect(error).toMatchObject({ code: "not-found" });
  },
);

test.each(["disableUser", "enableUser", "setSiteRole"])(
  "%s changes nothing once the administrator who asked for it is one no longer",
  async (name) => {
    const verb = SITE_VERBS.find((one) => one.name === name);
    if (!verb) throw new Error(`no verb ${name}`);
    const { db, ids } = world;
    const actor = await makeAdmin(db);
    await verb.prepare?.(ctxIn(world, "admin"), ids);
    const input = { userId: actor.userId, siteRole: "developer" as const };
    const error = await raced(
      db,
      (tx) => setSiteRole({ ctx: within(ctxIn(world, "admin"), tx), input }),
      () => verb.run(ctxIn(world, "admin", { actor }), ids),
    );
    expect(error).toMatchObject({ code: "forbidden" });
  },
);
