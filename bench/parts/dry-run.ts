import { OBSERVATION_KINDS, type ObservationKind } from "#core/observations.ts";
import { OTHERS } from "#core/other-values.ts";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { DAY_MS } from "#core/time.ts";
import { dryRun } from "#domain/keys/restrictions/dry-run.ts";
import { MAX_VALUES } from "#engine/aggregation/aggregate-observations.ts";
import type { UsageRow } from "#engine/aggregation/usage-rows.ts";
import { addUsage } from "#engine/usage/store.ts";
import { asAdmin } from "../lib/admin.ts";
import { addKeys, type Deployment, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";

const DAYS = 30;
const OPERATIONS = 100;
const CHECKS = 10_000_000;
/** The maximum of values stored for each kind and day, and one for all others. */
const VALUES = MAX_VALUES + 1;
/** The same values every day, as is typical, or different ones each day, which is the maximum that can be stored. */
const CALLERS = { "the same callers every day": 0, "different callers each day": 1 };
const RUNS = 20;
const LIMIT_MS = 300;

/** How long a dry run over a month takes for a busy key with many different callers. */
export async function measureDryRun(): Promise<Goal[]> {
  const goals: Goal[] = [];
  for (const [name, stride] of Object.entries(CALLERS)) goals.push(await measureWith(name, stride));
  return goals;
}

async function measureWith(name: string, stride: number): Promise<Goal> {
  const deployment = await freshDeployment(10_000);
  try {
    const { db } = deployment;
    const projectId = deployment.demo.projects[0]?.id ?? "";
    await addKeys(db, projectId, 1);
    const [key] = await db.read.q.select().from(db.read.t.keys).limit(1);
    if (!key) throw new Error("there is no key");
    const nowMs = Date.now();
    await fill(deployment, { keyId: key.id, projectId: key.projectId, nowMs, stride });
    const ctx = await asAdmin(db, () => nowMs);
    const restrictions = {
      ...NO_RESTRICTIONS,
      ips: Array.from({ length: 50 }, (_, n) => `10.0.${n}.0/24`),
      referrers: Array.from({ length: 50 }, (_, n) => `*.site${n}.example`),
    };
    const times: number[] = [];
    let checks = 0;
    for (let run = 0; run < RUNS; run++) {
      const startedAt = performance.now();
      const input = { projectId: key.projectId, keyId: key.id, restrictions, days: DAYS };
      checks = (await dryRun({ ctx, input })).checks;
      times.push(performance.now() - startedAt);
    }
    return {
      name: `Dry run over ${DAYS} days of a key with ${shown(checks)} checks, ${name}: time, the slowest of ${RUNS}`,
      measured: Math.max(...times),
      limit: LIMIT_MS,
      is: "at most",
      unit: "ms",
      details: [`median ${shown(median(times))} ms`],
    };
  } finally {
    await deployment.remove();
  }
}

interface TrafficOptions {
  keyId: string;
  projectId: string;
  nowMs: number;
  /** How many of a day's values differ from those of the day before, as a multiple of `VALUES`. */
  stride: number;
}

async function fill({ db }: Deployment, { keyId, projectId, nowMs, stride }: TrafficOptions): Promise<void> {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const checksADay = CHECKS / DAYS;
  for (let day = today - (DAYS - 1) * DAY_MS; day <= today; day += DAY_MS) {
    await db.write(async (tx) => {
      const { q, t } = tx;
      const count = Math.round(checksADay / OPERATIONS);
      const rows = Array.from({ length: OPERATIONS }, (_, n): UsageRow => {
        const labels = [keyId, "sec_1", "badges", `badges.op${n}`, "live", "VALID"] as const;
        return ["day", projectId, day, ...labels, count, count];
      });
      await addUsage(tx, { id: `bench/${day}`, rows });
      for (const kind of OBSERVATION_KINDS) {
        await q.insert(t.clientObservations).values(
          Array.from({ length: VALUES }, (_, n) => ({
            keyId,
            secretId: "sec_1",
            kind,
            day,
            value: n === 0 ? OTHERS : observationOf(kind, n + stride * VALUES * ((today - day) / DAY_MS)),
            count: Math.round(checksADay / VALUES),
            lastSeenAt: day,
          })),
        );
      }
    });
  }
}

function observationOf(kind: ObservationKind, n: number): string {
  if (kind === "address") return `10.${n >> 10}.${(n >> 2) & 255}.${n & 3}`;
  return kind === "origin" ? `https://www.site${n}.example` : `ios:com.example.app${n}`;
}
