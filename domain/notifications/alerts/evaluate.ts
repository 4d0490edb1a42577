import { and, eq, inArray, isNull, lte, or } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";
import { notify } from "../notify.ts";
import type { Finding, Watched } from "./finding.ts";
import type { AlertRow } from "./manage.ts";
import { findDenialShare } from "./watch-denials.ts";
import { findDormantKeys, findNewNetworks } from "./watch-keys.ts";
import { findQuotas } from "./watch-quotas.ts";

/** Uses are counted at most this much later, so evaluations overlap by it. */
const LATELY_MS = 10 * 60_000;
/** After a longer stop, older uses cause no alert: they would no longer be news. */
const MAX_LOOK_BACK_MS = 86_400_000;
/** A process that claimed the evaluation and did not finish it in this time has died. */
const CLAIM_MS = 5 * 60_000;
const NAME = "alerts";

/**
 * Evaluates the alerts of all projects that were used recently. Run it often: it works only in the one process that
 * claims it. Returns how many alerts fired. An alert that fails does not keep others from firing; the first error is
 * thrown at the end.
 */
export async function evaluateAlerts(ctx: Ctx): Promise<number> {
  const nowMs = ctx.now();
  const lastRun = await claim(ctx.db, nowMs);
  if (lastRun === null) return 0;
  let fired = 0;
  let failure: { error: unknown } | undefined;
  try {
    const since = Math.max(nowMs - MAX_LOOK_BACK_MS, Math.min(lastRun, nowMs) - LATELY_MS);
    for (const watched of await watchedSince(ctx.db.read, since, nowMs)) {
      try {
        for (const finding of await findingsOf(ctx, watched)) if (await fire(ctx, watched, finding)) fired++;
      } catch (error) {
        failure ??= { error };
      }
      await yieldToEventLoop();
    }
  } finally {
    await release(ctx.db, nowMs, ctx.now());
  }
  if (failure) throw failure.error;
  return fired;
}

function findingsOf(ctx: Ctx, watched: Watched): Promise<Finding[]> {
  switch (watched.alert.rule.kind) {
    case "quota":
      return findQuotas(ctx, watched, watched.alert.rule);
    case "denials":
      return findDenialShare(ctx, watched, watched.alert.rule);
    case "new-network":
      return findNewNetworks(ctx, watched);
    case "dormant-key":
      return findDormantKeys(ctx, watched, watched.alert.rule);
  }
}

/** The enabled alerts of projects that were used since then, and those that wait to be armed again. */
async function watchedSince(scope: Scope, since: number, nowMs: number): Promise<Watched[]> {
  const { q, t } = scope;
  const { alerts, alertStates, projects } = t;
  const all = await q
    .select({ alert: alerts, project: { id: projects.id, name: projects.name } })
    .from(alerts)
    .innerJoin(projects, eq(projects.id, alerts.projectId))
    .where(and(isNull(alerts.disabledAt), isNull(projects.deletedAt)));
  if (all.length === 0) return [];
  const used = await sumUsage(scope, {
    buckets: [{ interval: "minute", from: Math.floor(since / 60_000) * 60_000 }],
    by: ["projectId"],
    sums: ["checks"],
    onlyKnown: true,
  });
  const active = new Set(used.map(({ projectId }) => projectId));
  const unarmed = await q
    .select({ alertId: alertStates.alertId })
    .from(alertStates)
    .where(eq(alertStates.armed, false));
  const waiting = new Set(unarmed.map(({ alertId }) => alertId));
  return all
    .filter(({ alert }) => active.has(alert.projectId) || waiting.has(alert.id))
    .map((each) => ({ ...each, since, nowMs }));
}

/** Notifies once, in the transaction that stores what the alert has fired for. False if it did already. */
async function fire(ctx: Ctx, { alert, project }: Watched, finding: Finding): Promise<boolean> {
  const { alerts } = ctx.db.read.t;
  return ctx.db.write(async (tx) => {
    // Locks the alert: it may have been changed, disabled or deleted meanwhile.
    const [current] = await tx.q
      .update(alerts)
      .set({ lastFiredAt: ctx.now() })
      .where(and(eq(alerts.id, alert.id), isNull(alerts.disabledAt)))
      .returning();
    if (!current || JSON.stringify(current.rule) !== JSON.stringify(alert.rule)) return false;
    await finding.store?.(tx);
    const isNew = await notify(tx, ctx, {
      kind: finding.kind,
      projectId: project.id,
      subject: finding.subject,
      data: { alertId: alert.id, ...finding.data },
      once: `alert:${alert.id}:${finding.once}`,
      everybody: true,
      channels: channelsOf(current),
      ...(finding.ownersOnly && { ownersOnly: true }),
    });
    // The time of the last one stays if it was this one.
    if (!isNew)
      await tx.q.update(alerts).set({ lastFiredAt: alert.lastFiredAt }).where(eq(alerts.id, alert.id));
    return isNew;
  });
}

const channelsOf = ({ bell, mail, webhooks }: AlertRow) => ({ bell, mail, webhooks });

/** When the previous evaluation began, epoch ms; null if another process is evaluating. */
async function claim(db: Db, nowMs: number): Promise<number | null> {
  const { siteCounts } = db.read.t;
  const claimedUntil = nowMs + CLAIM_MS;
  const [claimed] = await db.write(({ q }) =>
    q
      .insert(siteCounts)
      .values({ name: NAME, claimedUntil })
      .onConflictDoUpdate({
        target: siteCounts.name,
        set: { claimedUntil },
        setWhere: or(lte(siteCounts.claimedUntil, nowMs), isNull(siteCounts.claimedUntil)),
      })
      .returning({ countedAt: siteCounts.countedAt }),
  );
  return claimed === undefined ? null : (claimed.countedAt ?? nowMs);
}

async function release(db: Db, startedAt: number, nowMs: number): Promise<void> {
  const { siteCounts } = db.read.t;
  await db.write(({ q }) =>
    q
      .update(siteCounts)
      .set({ countedAt: startedAt, claimedUntil: nowMs, tookMs: Math.max(0, nowMs - startedAt) })
      .where(inArray(siteCounts.name, [NAME])),
  );
}
