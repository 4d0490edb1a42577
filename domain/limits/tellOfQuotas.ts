import { and, eq, gt, gte, inArray, isNotNull, isNull, or } from "drizzle-orm";
import { periodAt } from "#core/limits/period.ts";
import type { LimitScope, Quota } from "#core/limits/types.ts";
import type { Scope } from "#db/open.ts";
import { breathe } from "../breathe.ts";
import type { Ctx } from "../context.ts";
import { type Telling, tell } from "../notices/tell.ts";
import { iso } from "../time.ts";
import { unitsSince } from "./units.ts";

/** People are told when so many percent of a quota are used; the most first. */
export const QUOTA_MARKS = [100, 80] as const;
/** Whoever used nothing for so long came no nearer to a quota: longer than the job is ever apart. */
const LATELY_MS = 10 * 60_000;
const PART = 200;

interface HeldQuota extends Quota {
  scope: LimitScope;
  projectId: string;
  subject: { id: string; name: string };
}

/** Tells of quotas that have come to 80 and to 100 percent, each once a period. Resolves with how many. */
export async function tellOfQuotas(ctx: Ctx): Promise<number> {
  let told = 0;
  for (const find of [keysInUse, projectsInUse]) {
    for (let last = ""; ; ) {
      const { quotas, next } = await find(ctx.db.read, ctx.now() - LATELY_MS, last);
      for (const quota of quotas) if (await look(ctx, quota)) told++;
      if (next === null) break;
      last = next;
      await breathe();
    }
  }
  return told;
}

/** One part of the keys that have a quota and were used lately, and where the next begins. */
async function keysInUse({ q, t: { keys } }: Scope, since: number, last: string) {
  const rows = await q
    .select({ id: keys.id, name: keys.name, projectId: keys.projectId, limits: keys.limits })
    .from(keys)
    .where(
      and(gt(keys.id, last), isNotNull(keys.limits), isNull(keys.revokedAt), gte(keys.lastUsedAt, since)),
    )
    .orderBy(keys.id)
    .limit(PART);
  const quotas = rows.flatMap(({ id, name, projectId, limits }): HeldQuota[] =>
    limits?.quota ? [{ ...limits.quota, scope: "key", projectId, subject: { id, name } }] : [],
  );
  return { quotas, next: rows.length < PART ? null : (rows.at(-1)?.id ?? null) };
}

async function projectsInUse({ q, t: { projects, usage } }: Scope, since: number, last: string) {
  const used = q
    .select({ id: usage.projectId })
    .from(usage)
    .where(and(eq(usage.interval, "minute"), gte(usage.bucket, since), gt(usage.units, 0)));
  const rows = await q
    .select({ id: projects.id, name: projects.name, limits: projects.limits, ceiling: projects.ceiling })
    .from(projects)
    .where(
      and(
        gt(projects.id, last),
        or(isNotNull(projects.limits), isNotNull(projects.ceiling)),
        isNull(projects.deletedAt),
        inArray(projects.id, used),
      ),
    )
    .orderBy(projects.id)
    .limit(PART);
  const quotas = rows.flatMap(({ id, name, limits, ceiling }): HeldQuota[] => [
    ...(limits?.quota
      ? [{ ...limits.quota, scope: "project" as const, projectId: id, subject: { id, name } }]
      : []),
    ...(ceiling?.quota
      ? [{ ...ceiling.quota, scope: "ceiling" as const, projectId: id, subject: { id, name } }]
      : []),
  ]);
  return { quotas, next: rows.length < PART ? null : (rows.at(-1)?.id ?? null) };
}

async function look(ctx: Ctx, { scope, limit, period, projectId, subject }: HeldQuota): Promise<boolean> {
  const { start, end } = periodAt(period, ctx.now());
  const keyId = scope === "key" ? subject.id : undefined;
  const used = await unitsSince(ctx.db.read, { projectId, keyId }, "day", start);
  const percent = QUOTA_MARKS.find((mark) => used * 100 >= limit * mark);
  if (percent === undefined) return false;
  const telling: Telling = {
    kind: percent === 100 ? "quota.exhausted" : "quota.nearing",
    projectId,
    subject,
    data: { scope, percent, limit, period, used, resetAt: iso(end) },
    // Another limit is another quota: who raised it wants to hear of the new one.
    once: `quota:${scope}:${subject.id}:${period}:${start}:${limit}:${percent}`,
    everybody: true,
  };
  if (await isTold(ctx.db.read, telling.once ?? "")) return false;
  return ctx.db.write((tx) => tell(tx, ctx, telling));
}

/** Looked up first: most of the time there is nothing to write. */
async function isTold({ q, t: { events } }: Scope, once: string): Promise<boolean> {
  const [row] = await q.select({ id: events.id }).from(events).where(eq(events.once, once)).limit(1);
  return row !== undefined;
}
