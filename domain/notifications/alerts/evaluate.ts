import { and, eq, isNull, lte, or } from "drizzle-orm";
import { DAY_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { Db, Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";
import { notify } from "../notify.ts";
import { type AlertFinding, type AlertToEvaluate, RECENT_MS } from "./finding.ts";
import type { AlertRow } from "./manage.ts";
import { SharedReads } from "./shared-reads.ts";
import { findDenialShare } from "./watch-denials.ts";
import { findDormantKeys, findNewNetworks } from "./watch-keys.ts";
import { findQuotas } from "./watch-quotas.ts";

/** After a longer stop, older uses cause no alert: they would no longer be news. */
const MAX_LOOK_BACK_MS = DAY_MS;
/** A process that claimed the evaluation and did not finish it in this time has died. */
const CLAIM_MS = 5 * MINUTE_MS;
const NAME = "alerts";

/**
 * Evaluates the alerts of all projects that were used recently. Run it often: it works only in the one process that
 * claims it. Returns how many alerts fired. An alert that fails does not keep others from firing; the first error is
 * thrown at the end.
 */
export async function evaluateAlerts(ctx: Ctx): Promise<number> {
  const nowMs = ctx.now();
  const claim = await take(ctx.db, nowMs);
  if (claim === null) return 0;
  let [fired, evaluated] = [0, 0];
  let failure: { error: unknown } | undefined;
  try {
    const since = Math.max(nowMs - MAX_LOOK_BACK_MS, Math.min(claim.lastRun, nowMs) - RECENT_MS);
    for (const watched of await alertsToEvaluate(ctx.db.read, since, nowMs)) {
      try {
        for (const finding of await findingsOf(ctx, watched)) if (await fire(ctx, watched, finding)) fired++;
        evaluated++;
      } catch (error) {
        failure ??= { error };
      }
      await yieldToEventLoop();
      if (!(await extend(ctx.db, claim, ctx.now()))) return fired;
    }
  } catch (error) {
    failure = { error };
  }
  // If nothing could be evaluated, the next evaluation looks at the same time again.
  await release(ctx.db, claim, { startedAt: failure && evaluated === 0 ? null : nowMs, nowMs: ctx.now() });
  if (failure) throw failure.error;
  return fired;
}

function findingsOf(ctx: Ctx, watched: AlertToEvaluate): Promise<AlertFinding[]> {
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
async function alertsToEvaluate(scope: Scope, since: number, nowMs: number): Promise<AlertToEvaluate[]> {
  const { q, t } = scope;
  const { alerts, alertStates, projects } = t;
  const all = await q
    .select({ alert: alerts, project: { id: projects.id, name: projects.name } })
    .from(alerts)
    .innerJoin(projects, eq(projects.id, alerts.projectId))
    .where(and(isNull(alerts.disabledAt), isNull(projects.deletedAt)));
  if (all.length === 0) return [];
  const used = await sumUsage(scope, {
    buckets: [{ interval: "minute", from: startOf(MINUTE_MS, since) }],
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
  const due = all.filter(({ alert }) => active.has(alert.projectId) || waiting.has(alert.id));
  return [...Map.groupBy(due, ({ project }) => project.id).values()].flatMap((projectAlerts) => {
    const reads = new SharedReads();
    return projectAlerts.map((each) => ({ ...each, since, nowMs, reads }));
  });
}

/** Notifies once, in the transaction that stores what the alert has fired for. False if it did already. */
async function fire(ctx: Ctx, { alert, project }: AlertToEvaluate, finding: AlertFinding): Promise<boolean> {
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
      includesActor: true,
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

interface Claim {
  /** When the previous evaluation began, epoch ms. */
  lastRun: number;
  /** Another process that claims the evaluation later has another value here. */
  claimedUntil: number;
}

/** Null if another process is evaluating. */
async function take(db: Db, nowMs: number): Promise<Claim | null> {
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
  return claimed === undefined ? null : { lastRun: claimed.countedAt ?? nowMs, claimedUntil };
}

/** Keeps the claim while the evaluation takes long. False if another process took it over. */
async function extend(db: Db, claim: Claim, nowMs: number): Promise<boolean> {
  if (claim.claimedUntil - nowMs > CLAIM_MS / 2) return true;
  const claimedUntil = nowMs + CLAIM_MS;
  const extended = await db.write(({ q, t }) =>
    q
      .update(t.siteCounts)
      .set({ claimedUntil })
      .where(isOwn(db.read, claim))
      .returning({ name: t.siteCounts.name }),
  );
  claim.claimedUntil = claimedUntil;
  return extended.length > 0;
}

/** `startedAt`: null if it is not done. */
async function release(
  db: Db,
  claim: Claim,
  { startedAt, nowMs }: { startedAt: number | null; nowMs: number },
): Promise<void> {
  const done = startedAt === null ? {} : { countedAt: startedAt, tookMs: Math.max(0, nowMs - startedAt) };
  await db.write(({ q, t }) =>
    q
      .update(t.siteCounts)
      .set({ claimedUntil: nowMs, ...done })
      .where(isOwn(db.read, claim)),
  );
}

const isOwn = ({ t: { siteCounts } }: Scope, { claimedUntil }: Claim) =>
  and(eq(siteCounts.name, NAME), eq(siteCounts.claimedUntil, claimedUntil));
