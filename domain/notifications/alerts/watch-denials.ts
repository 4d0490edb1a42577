import { and, eq } from "drizzle-orm";
import { MINUTE_MS, startOf } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import type { AlertFinding, AlertToEvaluate } from "./finding.ts";

/** A share that goes up and down around the threshold fires at most once in this time. */
export const COOL_DOWN_MS = 60 * MINUTE_MS;

interface DenialRule {
  percent: number;
  minRequests: number;
  windowMinutes: number;
}

/**
 * The share of denied requests, if it crossed the threshold: it was below before, and the last one is an hour ago. A
 * share below the threshold arms the alert again.
 */
export async function findDenialShare(
  { db }: Ctx,
  { alert, project, nowMs, reads }: AlertToEvaluate,
  { percent, minRequests, windowMinutes }: DenialRule,
): Promise<AlertFinding[]> {
  // Whole minutes: the oldest counts in full.
  const from = startOf(MINUTE_MS, nowMs - windowMinutes * MINUTE_MS);
  const [sum] = await reads.once(`denials ${from}`, () =>
    sumUsage(db.read, {
      buckets: [{ interval: "minute", from }],
      where: { projectId: [project.id] },
      by: [],
      sums: ["checks", "denied"],
    }),
  );
  const { checks = 0, denied = 0 } = sum ?? {};
  const isAbove = checks >= minRequests && denied * 100 >= checks * percent;
  const state = await readState(db.read, alert.id, project.id);
  if (!isAbove) {
    if (state && !state.armed) await db.write((tx) => rearm(tx, alert.id, project.id));
    return [];
  }
  const isCooling = state?.firedAt != null && nowMs >= state.firedAt && nowMs < state.firedAt + COOL_DOWN_MS;
  if (state?.armed === false || isCooling) return [];
  return [
    {
      kind: "alert.denials",
      subject: project,
      data: {
        requests: checks,
        denied,
        windowMinutes,
        threshold: percent,
        percent: Math.floor((denied * 100) / checks),
      },
      once: `denials:${nowMs}`,
      async store(tx) {
        const fired = { armed: false, firedAt: nowMs };
        await tx.q
          .insert(tx.t.alertStates)
          .values({ alertId: alert.id, subject: project.id, ...fired })
          .onConflictDoUpdate({ target: [tx.t.alertStates.alertId, tx.t.alertStates.subject], set: fired });
      },
    },
  ];
}

async function readState({ q, t: { alertStates } }: Scope, alertId: string, subject: string) {
  const [state] = await q
    .select()
    .from(alertStates)
    .where(and(eq(alertStates.alertId, alertId), eq(alertStates.subject, subject)));
  return state;
}

async function rearm({ q, t: { alertStates } }: Tx, alertId: string, subject: string): Promise<void> {
  await q
    .update(alertStates)
    .set({ armed: true })
    .where(and(eq(alertStates.alertId, alertId), eq(alertStates.subject, subject)));
}
