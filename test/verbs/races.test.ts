import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db, Tx } from "#db/open.ts";
import { removeMember } from "#domain/access/members/remove.ts";
import { setSiteRole } from "#domain/admin/users.ts";
import { deleteApi } from "#domain/catalog/apis/delete.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import type { Ctx } from "#domain/context.ts";
import { applyUnusedPolicy } from "#domain/keys/lifecycle/daily/unused.ts";
import { changePlan } from "#domain/plans/change.ts";
import { createPlan } from "#domain/plans/create.ts";
import { changePlanSchema, createPlanSchema } from "#domain/plans/schema.ts";
import { resumeProject, suspendProject } from "#domain/projects/suspend.ts";
import { ctxOf, makeAdmin, makeApi, makeKey, makeMember, makeProject, START } from "#test/people.ts";
import { PROJECT_VERBS } from "#test/verbs/project-verbs.ts";
import { SITE_VERBS } from "#test/verbs/site-verbs.ts";
import { ctxIn, openVerbFixture, type VerbFixture } from "#test/verbs/verb-fixture.ts";
import { waitingForLocks } from "../lock-waits.ts";

let fixture: VerbFixture;
beforeEach(async () => {
  fixture = await openVerbFixture();
});

const writing = (verbs: typeof PROJECT_VERBS) =>
  verbs.flatMap((verb) => (verb.leaves ? [[verb.name, verb] as const] : []));

/** The same context, but its verbs write in the transaction that is already open. */
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
    // Until it waits for a lock or has finished. On SQLite it waits for its transaction to begin.
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
  "%s changes nothing once its caller is no longer a member",
  async (_, verb) => {
    const { db, ids } = fixture;
    const role = verb.by === "owner" ? "owner" : "developer";
    const actor = await makeMember(db, ids.projectId, role);
    await verb.prepare?.(ctxIn(fixture, "admin"), ids);
    const input = { projectId: ids.projectId, userId: actor.userId };
    const error = await raced(
      db,
      (tx) => removeMember({ ctx: within(ctxIn(fixture, "owner"), tx), input }),
      () => verb.run(ctxIn(fixture, "owner", { actor }), ids),
    );
    expect(error).toMatchObject({ code: "not-found" });
  },
);

test.each(writing(PROJECT_VERBS).filter(([name]) => name !== "deleteProject"))(
  "%s changes nothing once the project is deleted",
  async (_, verb) => {
    const { db, ids } = fixture;
    await verb.prepare?.(ctxIn(fixture, "admin"), ids);
    const deleted = (tx: Tx) =>
      tx.q.update(tx.t.projects).set({ deletedAt: 1 }).where(eq(tx.t.projects.id, ids.projectId));
    const error = await raced(db, deleted, () => verb.run(ctxIn(fixture, verb.by), ids));
    expect(error).toMatchObject({ code: "not-found" });
  },
);

test.each(writing(PROJECT_VERBS).filter(([name]) => name !== "deleteProject"))(
  "%s neither fails nor lifts the suspension when the project is suspended at the same time",
  async (_, verb) => {
    const { db, ids } = fixture;
    await verb.prepare?.(ctxIn(fixture, "admin"), ids);
    const error = await raced(
      db,
      (tx) =>
        suspendProject({ ctx: within(ctxIn(fixture, "admin"), tx), input: { projectId: ids.projectId } }),
      () => verb.run(ctxIn(fixture, verb.by), ids),
    );
    expect(error).toBeNull();
    expect(await suspensionOf(db, ids.projectId)).toBe(START + 60_000);
  },
);

test.each([
  ["suspend", "project.suspended"],
  ["resume", "project.resumed"],
] as const)("two administrators who %s a project at once leave one audit entry", async (name, action) => {
  const { db, ids } = fixture;
  const input = { projectId: ids.projectId };
  const verb = name === "suspend" ? suspendProject : resumeProject;
  if (name === "resume") await suspendProject({ ctx: ctxIn(fixture, "admin"), input });
  const error = await raced(
    db,
    (tx) => verb({ ctx: within(ctxIn(fixture, "admin"), tx), input }),
    () => verb({ ctx: ctxIn(fixture, "admin", { now: () => START + 120_000 }), input }),
  );
  expect(error).toBeNull();
  expect(await suspensionOf(db, ids.projectId)).toBe(name === "suspend" ? START + 60_000 : null);
  const { q, t } = db.read;
  const entries = await q.select().from(t.audit).where(eq(t.audit.action, action));
  expect(entries).toHaveLength(1);
});

test("a plan that is chosen while its API is deleted leaves no subscription open", async () => {
  const { db, ids } = fixture;
  const [admin, owner] = [ctxIn(fixture, "admin"), ctxIn(fixture, "owner")];
  const apiId = await makeApi(db, "planned");
  for (const slug of ["free", "pro"]) {
    await createPlan({ ctx: admin, input: createPlanSchema.parse({ api: "planned", slug, name: slug }) });
  }
  const ref = { projectId: ids.projectId, slug: "planned" };
  await enableApi({ ctx: owner, input: { ...ref, plan: "free" } });
  const error = await raced(
    db,
    (tx) => deleteApi({ ctx: within(admin, tx), input: { slug: "planned" } }),
    () => changePlan({ ctx: owner, input: changePlanSchema.parse({ ...ref, plan: "pro" }) }),
  );
  expect(error).toMatchObject({ code: "not-found" });
  const { q, t } = db.read;
  const periods = await q.select().from(t.subscriptions).where(eq(t.subscriptions.apiId, apiId));
  expect(periods.map(({ endsAt }) => typeof endsAt)).toEqual(["number"]);
});

test("the policy for unused keys disables no key of a project that is suspended after its query", async () => {
  const { db, ids, users } = fixture;
  const otherProjectId = await makeProject(db, users.owner, "Not suspended");
  await makeKey(ctxIn(fixture, "owner"), otherProjectId);
  const suspendFirst: Db["write"] = async (work) => {
    await suspendProject({ ctx: ctxIn(fixture, "admin"), input: { projectId: ids.projectId } });
    return db.write(work);
  };
  const ctx = ctxOf({ ...db, write: suspendFirst }, { kind: "system" }, { now: () => START + 100 * DAY_MS });
  const rule = { warnDays: null, disableDays: 30, revokeDays: null };
  expect(await applyUnusedPolicy(ctx, rule, async () => {})).toMatchObject({ disabled: 1 });
  const { q, t } = db.read;
  const disabled = await q.select().from(t.keys).where(eq(t.keys.enabled, false));
  expect(disabled.map(({ projectId }) => projectId)).toEqual([otherProjectId]);
});

async function suspensionOf({ read: { q, t } }: Db, projectId: string): Promise<number | null | undefined> {
  const [row] = await q.select().from(t.projects).where(eq(t.projects.id, projectId));
  return row?.suspendedAt;
}

test.each(["disableUser", "enableUser", "setSiteRole"])(
  "%s changes nothing once its caller is no longer an administrator",
  async (name) => {
    const verb = SITE_VERBS.find((one) => one.name === name);
    if (!verb) throw new Error(`no verb ${name}`);
    const { db, ids } = fixture;
    const actor = await makeAdmin(db);
    await verb.prepare?.(ctxIn(fixture, "admin"), ids);
    const input = { userId: actor.userId, siteRole: "developer" as const };
    const error = await raced(
      db,
      (tx) => setSiteRole({ ctx: within(ctxIn(fixture, "admin"), tx), input }),
      () => verb.run(ctxIn(fixture, "admin", { actor }), ids),
    );
    expect(error).toMatchObject({ code: "forbidden" });
  },
);
