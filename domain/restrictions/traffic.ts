import { and, eq, gte, sql } from "drizzle-orm";
import type { PassedChecks } from "#core/restrictions/effect.ts";
import type { Scope } from "#db/open.ts";

const DAY_MS = 86_400_000;

/** What passed with a key since a day began. */
export interface Traffic extends PassedChecks {
  /** Start of the first day, epoch ms, UTC. */
  from: number;
}

/** The passed checks of a key in the last `days` days, today's included: days are UTC, as they are counted. */
export async function readTraffic(
  scope: Scope,
  keyId: string,
  days: number,
  nowMs: number,
): Promise<Traffic> {
  const from = Math.floor(nowMs / DAY_MS) * DAY_MS - (days - 1) * DAY_MS;
  const [calls, seen, listed] = await Promise.all([
    readCalls(scope, keyId, from),
    readSightings(scope, keyId, from),
    readListed(scope),
  ]);
  const byKind = Map.groupBy(seen, ({ kind }) => kind);
  return {
    from,
    checks: calls.reduce((sum, { count }) => sum + count, 0),
    calls,
    listed,
    sightings: {
      address: byKind.get("address") ?? [],
      origin: byKind.get("origin") ?? [],
      app: byKind.get("app") ?? [],
    },
  };
}

function readCalls({ q, t: { usage } }: Scope, keyId: string, from: number): Promise<PassedChecks["calls"]> {
  return q
    .select({
      api: usage.api,
      operation: usage.operation,
      count: sql<number>`sum(${usage.count})`.mapWith(Number),
    })
    .from(usage)
    .where(
      and(
        eq(usage.interval, "day"),
        eq(usage.keyId, keyId),
        gte(usage.bucket, from),
        eq(usage.code, "VALID"),
      ),
    )
    .groupBy(usage.api, usage.operation);
}

/** The APIs of the catalogue that list operations. */
async function readListed({ q, t: { apis, operations } }: Scope): Promise<ReadonlySet<string>> {
  const rows = await q
    .selectDistinct({ slug: apis.slug })
    .from(apis)
    .innerJoin(operations, eq(operations.apiId, apis.id));
  return new Set(rows.map(({ slug }) => slug));
}

function readSightings({ q, t: { sightings } }: Scope, keyId: string, from: number) {
  return q
    .select({
      kind: sightings.kind,
      value: sightings.value,
      count: sql<number>`sum(${sightings.count})`.mapWith(Number),
      lastSeenAt: sql<number>`max(${sightings.lastSeenAt})`.mapWith(Number),
    })
    .from(sightings)
    .where(and(eq(sightings.keyId, keyId), gte(sightings.day, from)))
    .groupBy(sightings.kind, sightings.value);
}
