import { and, asc, eq, gt, inArray, isNull, lt, lte, or, type SQL } from "drizzle-orm";
import { DAY_MS, HOUR_MS, iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { Ctx } from "../context.ts";
import { type NewNotification, notify } from "../notifications/notify.ts";
import { omitSent } from "../notifications/omit-sent.ts";
import { yieldToEventLoop } from "../yield-to-event-loop.ts";
import { type LoadedPlan, loadPlans } from "./find.ts";
import type { SubscriptionRow } from "./subscriptions.ts";

/** Reminders are sent this many days before a trial ends, the last one first. */
const TRIAL_REMINDERS = [1, 7] as const;
/** How long a version counts as new: longer than an upgrade stops the portal. */
const NEW_MS = 2 * DAY_MS;
/** Subscriptions per query. */
const BATCH_SIZE = 200;

type Reminder = NewNotification & { once: string };

/**
 * Notifies the owners of projects when a new version of their plan takes effect, and 7 and 1 days before a trial ends;
 * each once, however often it runs. Returns how many notifications were sent. `ctx` is the system's.
 */
export async function notifyOfPlans(ctx: Ctx): Promise<number> {
  let sent = 0;
  for (const plan of await newVersions(ctx.db.read, ctx.now())) {
    const { appliesAt } = plan.current;
    const { planId, startsAt } = ctx.db.read.t.subscriptions;
    // Projects that chose the plan later knew the new terms.
    const isOlder = and(eq(planId, plan.plan.id), lt(startsAt, appliesAt));
    sent += await notifySubscribers(ctx, isOlder, (row) => [versionReminder(row, plan)]);
  }
  const { trialEndsAt, endsAt } = ctx.db.read.t.subscriptions;
  const now = ctx.now();
  const isEnding = and(
    gt(trialEndsAt, now),
    lte(trialEndsAt, now + 7 * DAY_MS),
    or(isNull(endsAt), gt(endsAt, trialEndsAt)),
  );
  return sent + (await notifySubscribers(ctx, isEnding, (row) => trialReminder(row, now)));
}

/** Plans whose version in effect began a short time ago. */
async function newVersions(scope: Scope, nowMs: number): Promise<LoadedPlan[]> {
  const { planVersions: v, plans } = scope.t;
  const begun = await scope.q
    .selectDistinct({ planId: v.planId })
    .from(v)
    .where(and(gt(v.version, 1), gt(v.appliesAt, nowMs - NEW_MS), lte(v.appliesAt, nowMs)));
  if (begun.length === 0) return [];
  const ids = begun.map(({ planId }) => planId);
  const loaded = await loadPlans(scope, inArray(plans.id, ids), nowMs);
  return loaded.filter(({ current }) => current.version > 1 && current.appliesAt > nowMs - NEW_MS);
}

interface Subscriber {
  subscription: SubscriptionRow;
  api: { id: string; slug: string; name: string };
  plan: { name: string };
}

async function notifySubscribers(
  ctx: Ctx,
  condition: SQL | undefined,
  remindersOf: (subscriber: Subscriber) => Reminder[],
): Promise<number> {
  const { q, t } = ctx.db.read;
  const { apis, plans, projects, subscriptions: s } = t;
  let sent = 0;
  let last: string | undefined;
  do {
    const now = ctx.now();
    const batch = await q
      .select({
        subscription: s,
        api: { id: apis.id, slug: apis.slug, name: apis.name },
        plan: { name: plans.name },
      })
      .from(s)
      .innerJoin(plans, eq(plans.id, s.planId))
      .innerJoin(apis, eq(apis.id, s.apiId))
      .innerJoin(projects, eq(projects.id, s.projectId))
      .where(
        and(
          condition,
          lte(s.startsAt, now),
          or(isNull(s.endsAt), gt(s.endsAt, now)),
          isNull(projects.deletedAt),
          last === undefined ? undefined : gt(s.id, last),
        ),
      )
      .orderBy(asc(s.id))
      .limit(BATCH_SIZE);
    const due = await omitSent(ctx.db.read, batch.flatMap(remindersOf));
    if (due.length > 0) {
      await ctx.db.write(async (tx) => {
        for (const reminder of due) if (await notify(tx, ctx, reminder)) sent++;
      });
    }
    await yieldToEventLoop();
    last = batch.length < BATCH_SIZE ? undefined : batch.at(-1)?.subscription.id;
  } while (last !== undefined);
  return sent;
}

function versionReminder({ subscription, api, plan }: Subscriber, { current }: LoadedPlan): Reminder {
  const { version, appliesAt } = current;
  return {
    kind: "plan.updated",
    projectId: subscription.projectId,
    subject: api,
    data: { api: api.slug, plan: plan.name, version, appliesAt: iso(appliesAt) },
    once: `plan version:${subscription.projectId}:${subscription.planId}:${version}`,
    ownersOnly: true,
  };
}

/** The reminder that is due. None if the trial is too short for it. */
function trialReminder({ subscription, api, plan }: Subscriber, nowMs: number): Reminder[] {
  const { id, projectId, startsAt, trialEndsAt } = subscription;
  if (trialEndsAt === null) return [];
  const left = trialEndsAt - nowMs;
  const days = TRIAL_REMINDERS.find((before) => left <= before * DAY_MS) ?? 7;
  if (trialEndsAt - days * DAY_MS < startsAt) return [];
  const hours = Math.ceil(left / HOUR_MS);
  const data = {
    api: api.slug,
    plan: plan.name,
    days: Math.ceil(left / DAY_MS),
    ...(hours < 24 ? { hours } : {}),
    trialEndsAt: iso(trialEndsAt),
  };
  const once = `plan trial:${id}:${days}`;
  return [{ kind: "plan.trial-ending", projectId, subject: api, data, once, ownersOnly: true }];
}
