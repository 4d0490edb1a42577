import { and, eq, gt, gte, inArray, isNotNull, isNull, or } from "drizzle-orm";
import { periodAt } from "#core/limits/period.ts";
import { DAY_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { Db, Scope } from "#db/open.ts";
import { loadProjects } from "#engine/cache/load-facts.ts";
import { loadApiPlans, planLimitsOf } from "#engine/cache/load-plans.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import { notify } from "../../notifications/notify.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";
import { notificationOf, type OwnedQuota, quotasIn } from "./quota.ts";

/** Uses are known at most this much later, so checks overlap by it. */
const RECENT_MS = 10 * MINUTE_MS;
/** The position is stored at most this often: checks are frequent, and nearly all of them find nothing. */
const NOTED_EVERY_MS = 60_000;
const PART = 200;
/** The name under which the job stores its position. */
const JOB = "quotas";

/**
 * Sends notifications for quotas that reached 80 and 100 percent, each once per period, for keys used since the last
 * check, however long ago that was. Returns how many.
 */
export async function notifyQuotas(ctx: Ctx): Promise<number> {
  const startedAt = ctx.now();
  const lookedTo = await readPosition(ctx.db.read);
  // Uses before the longest period began are in no quota anymore.
  const since = Math.max(periodAt("month", startedAt).start, (lookedTo ?? 0) - RECENT_MS);
  let notified = 0;
  const used = await projectsWithUnits(ctx.db.read, since, startedAt);
  for (const find of [
    (last: string) => keysInUse(ctx.db.read, since, last),
    (last: string) => projectsInUse(ctx.db.read, used, last),
    (last: string) => plansInUse(ctx.db, used, last, startedAt),
  ]) {
    for (let last = ""; ; ) {
      const { quotas, next } = await find(last);
      for (const quota of quotas) if (await notifyOfQuota(ctx, quota)) notified++;
      if (next === null) break;
      last = next;
      await yieldToEventLoop();
    }
  }
  if (lookedTo === null || startedAt - lookedTo >= NOTED_EVERY_MS) await storePosition(ctx, startedAt);
  return notified;
}

/** A batch of recently used keys with a quota, and where the next batch begins. */
async function keysInUse({ q, t: { keys } }: Scope, since: number, last: string) {
  const rows = await q
    .select({ id: keys.id, name: keys.name, projectId: keys.projectId, limits: keys.limits })
    .from(keys)
    .where(
      and(gt(keys.id, last), isNotNull(keys.limits), isNull(keys.revokedAt), gte(keys.lastUsedAt, since)),
    )
    .orderBy(keys.id)
    .limit(PART);
  const quotas = rows.flatMap(({ id, name, projectId, limits }) =>
    quotasIn(limits, { scope: "key", projectId, subject: { id, name } }),
  );
  return { quotas, next: rows.length < PART ? null : (rows.at(-1)?.id ?? null) };
}

/** The ids of the projects that consumed units, in order. */
async function projectsWithUnits(scope: Scope, since: number, now: number): Promise<string[]> {
  // Minutes are stored for two days only.
  const buckets =
    now - since < DAY_MS
      ? { interval: "minute" as const, from: since - 60_000 }
      : { interval: "day" as const, from: startOf(DAY_MS, since) };
  const sums = await sumUsage(scope, { buckets: [buckets], by: ["projectId"], sums: ["units"] });
  return sums
    .filter(({ units }) => units > 0)
    .map(({ projectId }) => projectId)
    .sort();
}

/** A batch of `used` projects, and where the next batch begins. */
async function projectsInUse({ q, t: { projects } }: Scope, used: readonly string[], last: string) {
  const some = used.slice(last === "" ? 0 : used.indexOf(last) + 1).slice(0, PART);
  const rows = await q
    .select({ id: projects.id, name: projects.name, limits: projects.limits, ceiling: projects.ceiling })
    .from(projects)
    .where(
      and(
        inArray(projects.id, some),
        or(isNotNull(projects.limits), isNotNull(projects.ceiling)),
        isNull(projects.deletedAt),
      ),
    );
  const quotas = rows.flatMap(({ id, name, limits, ceiling }) => {
    const owner = { projectId: id, subject: { id, name } };
    return [
      ...quotasIn(limits, { scope: "project", ...owner }),
      ...quotasIn(ceiling, { scope: "ceiling", ...owner }),
    ];
  });
  return { quotas, next: some.length < PART ? null : (some.at(-1) ?? null) };
}

/** The quotas of the plans of a batch of `used` projects, and where the next batch begins. */
async function plansInUse(db: Db, used: readonly string[], last: string, nowMs: number) {
  const some = used.slice(last === "" ? 0 : used.indexOf(last) + 1).slice(0, PART);
  const next = some.length < PART ? null : (some.at(-1) ?? null);
  const loaded = [...(await loadProjects(db, some, nowMs)).values()].filter(({ plans }) => plans !== null);
  const slugs = [...new Set(loaded.flatMap(({ plans }) => [...(plans?.keys() ?? [])]))];
  const apis = await loadApiPlans(db, slugs, nowMs);
  const { q, t } = db.read;
  const names = await q
    .select({ id: t.projects.id, name: t.projects.name })
    .from(t.projects)
    .where(
      inArray(
        t.projects.id,
        loaded.map(({ id }) => id),
      ),
    );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const quotas = loaded.flatMap((project) =>
    planLimitsOf(project, apis, nowMs).flatMap((limit): OwnedQuota[] => {
      if (limit.kind === "rate" || limit.policy === undefined) return [];
      const subject = { id: project.id, name: nameOf.get(project.id) ?? "" };
      return [{ ...limit.quota, scope: "plan", projectId: project.id, subject, policy: limit.policy }];
    }),
  );
  return { quotas, next };
}

/** Notifies of the share of a quota that is used, once. Returns whether it did. */
async function notifyOfQuota(ctx: Ctx, quota: OwnedQuota): Promise<boolean> {
  const notification = await notificationOf(ctx.db.read, quota, ctx.now());
  if (notification === null || (await isNotified(ctx.db.read, notification.once))) return false;
  return ctx.db.write((tx) => notify(tx, ctx, notification));
}

/** Checked first, because most of the time nothing has to be written. */
async function isNotified({ q, t: { events } }: Scope, once: string): Promise<boolean> {
  const [row] = await q.select({ id: events.id }).from(events).where(eq(events.once, once)).limit(1);
  return row !== undefined;
}

/** Up to when the job has checked; null if never. */
async function readPosition({ q, t: { jobCursors } }: Scope): Promise<number | null> {
  const [row] = await q.select({ at: jobCursors.at }).from(jobCursors).where(eq(jobCursors.job, JOB));
  return row?.at ?? null;
}

async function storePosition({ db }: Ctx, at: number): Promise<void> {
  await db.write(({ q, t: { jobCursors } }) =>
    q.insert(jobCursors).values({ job: JOB, at }).onConflictDoUpdate({ target: jobCursors.job, set: { at } }),
  );
}
