import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { DAY_MS, HOUR_MS, iso, startOf } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { invalid } from "../../errors.ts";
import { closedUntil, oldestHour } from "./exportable-hours.ts";
import { type ExportRow, mustFindExport } from "./find.ts";
import type {
  ExportCounts,
  ReconcileBillingExportInput,
  ReconciledCounts,
  Reconciliation,
} from "./schema.ts";

const LENGTH_MS = { hour: HOUR_MS, day: DAY_MS };
const DEFAULT_MS = { hour: 48 * HOUR_MS, day: 30 * DAY_MS };
/** The longest range, ms: a response of at most about 800 rows. */
const MAX_MS = { hour: 31 * DAY_MS, day: 100 * DAY_MS };

/**
 * What was exported and acknowledged next to the usage, of closed hours in days (UTC) or hours. Administrators only.
 */
export async function reconcileBillingExport({
  ctx,
  input,
}: Verb<ReconcileBillingExportInput>): Promise<Reconciliation> {
  requireAdmin(ctx);
  const scope = ctx.db.read;
  const row = await mustFindExport(scope, input.exportId);
  const { interval } = input;
  const now = ctx.now();
  const to = Math.min(startOf(HOUR_MS, (input.to ?? now) + HOUR_MS - 1), closedUntil(now));
  const from = Math.max(
    startOf(LENGTH_MS[interval], input.from ?? to - DEFAULT_MS[interval]),
    row.startsAt,
    oldestHour(now),
  );
  if (to - from > MAX_MS[interval])
    throw invalid("from", `Choose at most ${MAX_MS[interval] / DAY_MS} days for this interval.`);
  const counts = new CountsByStart(LENGTH_MS[interval]);
  for (let at = from; at < to; at += HOUR_MS) counts.of(at);
  if (from < to) {
    await addUsage(scope, counts, from, to);
    await addEvents(scope, counts, row, { from, to });
  }
  return {
    from: iso(Math.min(from, to)),
    to: iso(to),
    interval,
    rows: counts.rows.map(([start, sums]) => ({ start: iso(start), ...withBalance(sums) })),
    total: withBalance(counts.total),
  };
}

type Sums = Omit<ReconciledCounts, "balanced">;

class CountsByStart {
  readonly #lengthMs: number;
  readonly #byStart = new Map<number, Sums>();

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  of(atMs: number): Sums {
    const start = startOf(this.#lengthMs, atMs);
    const known = this.#byStart.get(start) ?? emptySums();
    this.#byStart.set(start, known);
    return known;
  }

  get rows(): [start: number, sums: Sums][] {
    return [...this.#byStart].sort(([a], [b]) => a - b);
  }

  get total(): Sums {
    const total = emptySums();
    for (const sums of this.#byStart.values()) {
      for (const name of SUM_NAMES) add(total[name], sums[name]);
    }
    return total;
  }
}

const SUM_NAMES = ["usage", "exported", "acknowledged", "held", "notBilled"] as const;

function emptySums(): Sums {
  const none = (): ExportCounts => ({ requests: 0, units: 0 });
  return { usage: none(), exported: none(), acknowledged: none(), held: none(), notBilled: none() };
}

function add(sum: ExportCounts, { requests, units }: ExportCounts): void {
  sum.requests += requests;
  sum.units += units;
}

function withBalance(sums: Sums): ReconciledCounts {
  const { usage, acknowledged, notBilled } = sums;
  const balanced =
    usage.units === acknowledged.units + notBilled.units &&
    usage.requests === acknowledged.requests + notBilled.requests;
  return { ...sums, balanced };
}

async function addUsage(scope: Scope, counts: CountsByStart, from: number, to: number): Promise<void> {
  const rows = await sumUsage(scope, {
    by: ["bucket"],
    sums: ["checks", "units"],
    buckets: [{ interval: "hour", from, to }],
    where: { code: ["VALID"] },
    onlyKnown: true,
  });
  for (const { bucket, checks, units } of rows) add(counts.of(bucket).usage, { requests: checks, units });
}

async function addEvents(
  { q, t }: Scope,
  counts: CountsByStart,
  { id, furthest }: ExportRow,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const { billingEvents: e, billingHeldEvents: h } = t;
  const sumWhere = (column: SQL | typeof e.units, condition: SQL) =>
    sql`coalesce(sum(case when ${condition} then ${column} end), 0)`.mapWith(Number);
  const isHeld = sql`${h.seq} is not null and ${h.reason} <> 'not-billed'`;
  const isNotBilled = sql`${h.reason} = 'not-billed' and not ${h.acknowledged}`;
  const isAcknowledged = sql`(${h.seq} is null and ${e.seq} <= ${furthest}) or ${h.acknowledged}`;
  const rows = await q
    .select({
      hour: e.hour,
      requests: sql`sum(${e.requests})`.mapWith(Number),
      units: sql`sum(${e.units})`.mapWith(Number),
      heldRequests: sumWhere(e.requests, isHeld),
      heldUnits: sumWhere(e.units, isHeld),
      freeRequests: sumWhere(e.requests, isNotBilled),
      freeUnits: sumWhere(e.units, isNotBilled),
      doneRequests: sumWhere(e.requests, isAcknowledged),
      doneUnits: sumWhere(e.units, isAcknowledged),
    })
    .from(e)
    .leftJoin(h, and(eq(h.exportId, id), eq(h.seq, e.seq)))
    .where(and(gte(e.hour, from), lt(e.hour, to)))
    .groupBy(e.hour);
  for (const row of rows) {
    const sums = counts.of(row.hour);
    add(sums.exported, row);
    add(sums.held, { requests: row.heldRequests, units: row.heldUnits });
    add(sums.notBilled, { requests: row.freeRequests, units: row.freeUnits });
    add(sums.acknowledged, { requests: row.doneRequests, units: row.doneUnits });
  }
}
