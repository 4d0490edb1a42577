import { and, asc, eq, gt, isNotNull, isNull } from "drizzle-orm";
import { DAY_MS, iso, startOf } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import { notify } from "../../notifications/notify.ts";
import { type ApiRow, mustFindApi } from "../apis/find.ts";
import { loadDocument } from "../reference/load.ts";
import { sunsetOf } from "../reference/sunset.ts";

/** How far back calls count. */
const USED_DAYS = 30;
/** Days before an operation stops working on which its callers are notified again. */
const REMINDERS = [7, 30];
/** Names of operations that one query looks for, and sums that it returns: those with the most calls. */
const NAMES = 500;
const MAX_SUMS = 20_000;
/** Operations that a notification names. */
const MAX_NAMED = 3;

/** A deprecated operation and when it stops working, epoch ms; 0 if the document does not say. */
interface Deprecated {
  name: string;
  sunset: number;
}

/** The keys of a project that called a deprecated operation. */
interface Use extends Deprecated {
  keys: Set<string>;
}

/**
 * Notifies projects of deprecated operations that their keys called in the last 30 days: once, and again 30 and 7 days
 * before the operation stops working. Can be repeated: no project gets the same notice twice.
 */
export async function notifyDeprecations(
  ctx: Ctx,
  checkpoint: () => Promise<void>,
): Promise<{ notified: number }> {
  const { q, t } = ctx.db.read;
  let [notified, after] = [0, ""];
  for (;;) {
    const [next] = await q
      .select({ slug: t.apis.slug })
      .from(t.apis)
      .where(and(gt(t.apis.slug, after), isNotNull(t.apis.openapi)))
      .orderBy(asc(t.apis.slug))
      .limit(1);
    if (!next) return { notified };
    after = next.slug;
    const api = await mustFindApi(ctx.db.read, next.slug);
    for (const [projectId, uses] of await usesOf(ctx, api, await deprecatedIn(ctx, api))) {
      if (await ctx.db.write((tx) => notifyProject(tx, ctx, api, { projectId, uses }))) notified++;
      await checkpoint();
    }
  }
}

async function deprecatedIn(ctx: Ctx, api: ApiRow): Promise<Deprecated[]> {
  const { operations } = await loadDocument(ctx.db.read, api);
  return operations.flatMap(({ name, operation }) => {
    if (operation.deprecated !== true) return [];
    const stated = sunsetOf(operation);
    const sunset = stated === null ? 0 : Date.parse(stated);
    return sunset === 0 || sunset > ctx.now() ? [{ name, sunset }] : [];
  });
}

/** Which deprecated operations each project's keys called, by project. */
async function usesOf(
  ctx: Ctx,
  { slug }: ApiRow,
  deprecated: readonly Deprecated[],
): Promise<Map<string, Use[]>> {
  const uses = new Map<string, Map<string, Use>>();
  const sunsets = new Map(deprecated.map(({ name, sunset }) => [name, sunset]));
  const from = startOf(DAY_MS, ctx.now()) - USED_DAYS * DAY_MS;
  for (let at = 0; at < deprecated.length; at += NAMES) {
    const sums = await sumUsage(ctx.db.read, {
      buckets: [{ interval: "day", from }],
      where: { api: [slug], operation: deprecated.slice(at, at + NAMES).map(({ name }) => name) },
      onlyKnown: true,
      by: ["projectId", "keyId", "operation"],
      sums: ["checks"],
      largest: MAX_SUMS,
    });
    for (const { projectId, keyId, operation } of sums) {
      const usesByName = uses.get(projectId) ?? new Map<string, Use>();
      uses.set(projectId, usesByName);
      const use = usesByName.get(operation) ?? {
        name: operation,
        sunset: sunsets.get(operation) ?? 0,
        keys: new Set<string>(),
      };
      usesByName.set(operation, use);
      use.keys.add(keyId);
    }
  }
  return new Map([...uses].map(([projectId, byName]) => [projectId, [...byName.values()]]));
}

/** Notifies a project of uses that it has no notice of yet. Returns whether there were any. */
async function notifyProject(
  tx: Tx,
  ctx: Ctx,
  api: ApiRow,
  { projectId, uses }: { projectId: string; uses: readonly Use[] },
): Promise<boolean> {
  const { projects, deprecationNotices } = tx.t;
  const [project] = await tx.q
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.id, projectId), isNull(projects.deletedAt)));
  if (!project) return false;
  const inserted = await tx.q
    .insert(deprecationNotices)
    .values(
      uses.map(({ name, sunset }) => ({
        projectId,
        apiId: api.id,
        operation: name,
        sunset,
        days: daysOfNotice(sunset, ctx.now()),
      })),
    )
    .onConflictDoNothing()
    .returning({ operation: deprecationNotices.operation });
  const news = new Set(inserted.map(({ operation }) => operation));
  const unknown = uses.filter(({ name }) => news.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const [first] = unknown;
  if (!first) return false;
  const dates = unknown.map(({ sunset }) => sunset).filter((sunset) => sunset > 0);
  await notify(tx, ctx, {
    kind: "operations.deprecated",
    projectId,
    subject: { id: api.id, name: api.name },
    data: {
      api: api.slug,
      names: unknown
        .slice(0, MAX_NAMED)
        .map(({ name }) => name)
        .join(", "),
      count: unknown.length,
      keys: new Set(unknown.flatMap(({ keys }) => [...keys])).size,
      sunset: dates.length > 0 ? iso(Math.min(...dates)) : null,
    },
  });
  return true;
}

/** 7 or 30 if the operation stops working within so many days; otherwise 0. */
function daysOfNotice(sunset: number, nowMs: number): number {
  if (sunset === 0) return 0;
  return REMINDERS.find((days) => sunset - nowMs <= days * DAY_MS) ?? 0;
}
