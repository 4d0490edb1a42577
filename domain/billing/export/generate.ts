import { and, eq, gte, inArray, max, min, sql } from "drizzle-orm";
import { HOUR_MS } from "#core/time.ts";
import { takeAdvisoryLock } from "#db/advisory-locks.ts";
import type { Db, Scope, Tx } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";
import { closedUntil, oldestHour } from "./exportable-hours.ts";

/** Events per transaction: few enough that other writers don't wait long. */
const EVENTS_AT_ONCE = 500;
/** New hours per call; the next call continues. */
const HOURS_AT_ONCE = 7 * 24;
/** Hours whose counts are compared at once. */
const BLOCK_HOURS = 6;
const RECENT_HOURS = 48;

/** Which hours were compared last. It may be lost: then comparing starts again with the oldest. */
export interface ComparePosition {
  recent: number;
  older: number;
}

/**
 * Adds the usage of closed hours to `billing_events`: of new hours in their order, then of hours whose counts grew
 * since. Each call compares the newest hours and two blocks of older ones. Returns how many hours were added or corrected.
 */
export async function generateEvents(db: Db, position: ComparePosition, nowMs: number): Promise<number> {
  const first = await firstHour(db.read, nowMs);
  const end = closedUntil(nowMs);
  if (first === null || first >= end) return 0;
  const known = await knownHours(db.read, first);
  const missing: number[] = [];
  for (let hour = first; hour < end && missing.length < HOURS_AT_ONCE; hour += HOUR_MS) {
    if (!known.has(hour)) missing.push(hour);
  }
  if (missing.length > 0) {
    await addHours(db, missing, nowMs);
    return missing.length;
  }
  const recent = Math.max(first, end - RECENT_HOURS * HOUR_MS);
  let corrected = 0;
  for (const block of [
    [Math.max(first, end - 2 * HOUR_MS), end] as const,
    nextBlock(position, "recent", recent, end),
    nextBlock(position, "older", first, recent),
  ]) {
    corrected += await correctHours(db, known, block, nowMs);
  }
  return corrected;
}

/** Corrects all hours at once. */
export async function correctAllHours(db: Db, nowMs: number): Promise<number> {
  const first = await firstHour(db.read, nowMs);
  if (first === null) return 0;
  return correctHours(db, await knownHours(db.read, first), [first, closedUntil(nowMs)], nowMs);
}

/** The first hour of any export; null if there is none. */
async function firstHour({ q, t: { billingExports } }: Scope, nowMs: number): Promise<number | null> {
  const [row] = await q.select({ first: min(billingExports.startsAt) }).from(billingExports);
  const first = row?.first ?? null;
  return first === null ? null : Math.max(first, oldestHour(nowMs));
}

interface SeenCounts {
  checks: number;
  units: number;
}

async function knownHours({ q, t: { billingHours } }: Scope, from: number): Promise<Map<number, SeenCounts>> {
  const rows = await q.select().from(billingHours).where(gte(billingHours.hour, from));
  return new Map(rows.map(({ hour, checks, units }) => [hour, { checks, units }]));
}

/** Adds new hours, in their order. Those without requests need no events, and are recorded together. */
async function addHours(db: Db, hours: readonly number[], nowMs: number): Promise<void> {
  const [first = 0, last = 0] = [hours[0], hours.at(-1)];
  const sums = await sumUsage(db.read, {
    by: ["bucket"],
    sums: ["checks"],
    buckets: [{ interval: "hour", from: first, to: last + HOUR_MS }],
  });
  const used = new Set(sums.map(({ bucket }) => bucket));
  for (const hour of hours) if (used.has(hour)) await addHour(db, hour, nowMs);
  const empty = hours.filter((hour) => !used.has(hour)).map((hour) => ({ hour, checks: 0, units: 0 }));
  if (empty.length === 0) return;
  await db.write(({ q, t: { billingHours } }) => q.insert(billingHours).values(empty).onConflictDoNothing());
}

function nextBlock(
  position: ComparePosition,
  name: keyof ComparePosition,
  from: number,
  to: number,
): readonly [from: number, to: number] {
  const start = position[name] >= from && position[name] < to ? position[name] : from;
  const end = Math.min(to, start + BLOCK_HOURS * HOUR_MS);
  position[name] = end;
  return [start, end];
}

/**
 * Counts only grow, and events never exceed them. So an hour is complete if and only if its counts are those that were
 * seen when its events were added.
 */
async function correctHours(
  db: Db,
  known: ReadonlyMap<number, SeenCounts>,
  [from, to]: readonly [from: number, to: number],
  nowMs: number,
): Promise<number> {
  if (from >= to) return 0;
  const sums = await sumUsage(db.read, {
    by: ["bucket"],
    sums: ["checks", "units"],
    buckets: [{ interval: "hour", from, to }],
  });
  const grown = sums
    .filter(({ bucket, checks, units }) => {
      const seen = known.get(bucket);
      return seen !== undefined && (checks > seen.checks || units > seen.units);
    })
    .map(({ bucket }) => bucket)
    .sort((a, b) => a - b);
  for (const hour of grown) await addHour(db, hour, nowMs);
  return grown.length;
}

/** Usage of one key, API and operation in an hour. */
interface HourUsage {
  projectId: string;
  keyId: string;
  api: string;
  operation: string;
  environment: string;
  checks: number;
  units: number;
}

/**
 * Adds what an hour's events lack. If the process dies between two transactions, the hour is not recorded, or with its
 * former counts, so that the next call adds the rest.
 */
async function addHour(db: Db, hour: number, nowMs: number): Promise<void> {
  const buckets = [{ interval: "hour", from: hour, to: hour + HOUR_MS }] as const;
  // Before the usage: what is counted in between makes the hour differ, and it is read again.
  const [seen = { checks: 0, units: 0 }] = await sumUsage(db.read, {
    by: [],
    sums: ["checks", "units"],
    buckets,
  });
  const usage = await readHour(db.read, buckets);
  for (let at = 0; at < usage.length; at += EVENTS_AT_ONCE) {
    const some = usage.slice(at, at + EVENTS_AT_ONCE);
    await db.write((tx) => addEvents(tx, hour, some, nowMs));
    await yieldToEventLoop();
  }
  await db.write(({ q, t: { billingHours } }) =>
    q
      .insert(billingHours)
      .values({ hour, ...seen })
      .onConflictDoUpdate({ target: billingHours.hour, set: seen }),
  );
}

/** In the order of their ids, so that an event's place does not depend on the database. */
async function readHour(
  scope: Scope,
  buckets: readonly [{ interval: "hour"; from: number; to: number }],
): Promise<HourUsage[]> {
  const rows = await sumUsage(scope, {
    by: ["projectId", "keyId", "api", "operation", "environment"],
    sums: ["checks", "units"],
    buckets,
    where: { code: ["VALID"] },
    onlyKnown: true,
  });
  const usage = new Map<string, HourUsage>();
  for (const row of rows) {
    const name = usageName(row);
    const known = usage.get(name);
    if (known === undefined) usage.set(name, { ...row });
    else {
      known.checks += row.checks;
      known.units += row.units;
    }
  }
  return [...usage].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const usageName = ({
  projectId,
  keyId,
  api,
  operation,
}: Pick<HourUsage, "projectId" | "keyId" | "api" | "operation">) =>
  [projectId, keyId, api, operation].join("\t");

async function addEvents(tx: Tx, hour: number, usage: readonly HourUsage[], nowMs: number): Promise<void> {
  // Events are committed in the order of their numbers.
  await takeAdvisoryLock(tx, "billingEvents");
  const { billingEvents } = tx.t;
  const keyIds = [...new Set(usage.map(({ keyId }) => keyId))];
  const earlier = await tx.q
    .select({
      projectId: billingEvents.projectId,
      keyId: billingEvents.keyId,
      api: billingEvents.api,
      operation: billingEvents.operation,
      requests: sql`sum(${billingEvents.requests})`.mapWith(Number),
      units: sql`sum(${billingEvents.units})`.mapWith(Number),
      last: max(billingEvents.correction),
    })
    .from(billingEvents)
    .where(and(eq(billingEvents.hour, hour), inArray(billingEvents.keyId, keyIds)))
    .groupBy(billingEvents.projectId, billingEvents.keyId, billingEvents.api, billingEvents.operation);
  const inEvents = new Map(earlier.map((row) => [usageName(row), row]));
  const added = usage.flatMap(({ checks, units, environment, ...of }) => {
    const before = inEvents.get(usageName(of));
    // A store that lost counts must not lead to negative usage.
    const more = {
      requests: Math.max(0, checks - (before?.requests ?? 0)),
      units: Math.max(0, units - (before?.units ?? 0)),
    };
    if (more.requests === 0 && more.units === 0) return [];
    const correction = before ? (before.last ?? 0) + 1 : 0;
    return [
      {
        ...of,
        hour,
        environment: environment as "live" | "test" | "",
        correction,
        ...more,
        createdAt: nowMs,
      },
    ];
  });
  if (added.length > 0) await tx.q.insert(billingEvents).values(added);
}
