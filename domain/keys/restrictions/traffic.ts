import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { type ApiScopes, compileScopes } from "#core/api-scopes/required.ts";
import type { ObservationKind } from "#core/observations.ts";
import type { PassedChecks } from "#core/restrictions/effect.ts";
import { DAY_MS, startOf } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";

/** The valid requests of a key since the start of a day. */
export interface KeyTraffic extends PassedChecks {
  /** Start of the first day, epoch ms, UTC. */
  from: number;
}

interface TrafficOf {
  keyId: string;
  days: number;
  nowMs: number;
  /** Observations of other kinds are left out. */
  kinds: readonly ObservationKind[];
}

/** The valid requests of a key in the last `days` days, including today: UTC days, as they are counted. */
export async function readTraffic(
  scope: Scope,
  { keyId, days, nowMs, kinds }: TrafficOf,
): Promise<KeyTraffic> {
  const from = startOf(DAY_MS, nowMs) - (days - 1) * DAY_MS;
  const [calls, observations, listedApis] = await Promise.all([
    readCalls(scope, keyId, from),
    readObservations(scope, keyId, from, kinds),
    readListed(scope),
  ]);
  const scopes = await readApiScopes(
    scope,
    calls.map(({ api }) => api),
  );
  return {
    from,
    checks: calls.reduce((sum, { count }) => sum + count, 0),
    calls,
    listedApis,
    scopes,
    observations,
  };
}

async function readCalls(scope: Scope, keyId: string, from: number): Promise<PassedChecks["calls"]> {
  const rows = await sumUsage(scope, {
    buckets: [{ interval: "day", from }],
    where: { keyId: [keyId], code: ["VALID"] },
    by: ["api", "operation"],
    sums: ["checks"],
  });
  return rows.map(({ api, operation, checks }) => ({ api, operation, count: checks }));
}

/** The APIs that list operations. */
async function readListed({ q, t: { apis, operations } }: Scope): Promise<ReadonlySet<string>> {
  const rows = await q
    .selectDistinct({ slug: apis.slug })
    .from(apis)
    .innerJoin(operations, eq(operations.apiId, apis.id));
  return new Set(rows.map(({ slug }) => slug));
}

/** What the operations of these APIs need now, by slug; an API without scopes is absent. */
export async function readApiScopes(
  { q, t: { apis, operations } }: Scope,
  slugs: readonly string[],
): Promise<PassedChecks["scopes"]> {
  const found: Map<string, ApiScopes | null> = new Map();
  if (slugs.length === 0) return found;
  const declared = await q
    .select({ id: apis.id, slug: apis.slug, scopes: apis.scopes })
    .from(apis)
    .where(inArray(apis.slug, [...new Set(slugs)]));
  for (const { id, slug, scopes } of declared) {
    if (scopes.length === 0) continue;
    const rows = await q
      .select({ name: operations.name, requiredScopes: operations.requiredScopes })
      .from(operations)
      .where(eq(operations.apiId, id));
    const names = scopes.map(({ name }) => name);
    found.set(slug, compileScopes(names, rows));
  }
  return found;
}

/**
 * One JSON text per kind: with tens of thousands of values, one row each would cost more than all further processing.
 */
async function readObservations(
  { dialect, q, t: { clientObservations } }: Scope,
  keyId: string,
  from: number,
  kinds: readonly ObservationKind[],
): Promise<PassedChecks["observations"]> {
  const seen = q
    .select({
      kind: clientObservations.kind,
      value: clientObservations.value,
      count: sql`sum(${clientObservations.count})`.as("count"),
      lastSeenAt: sql`max(${clientObservations.lastSeenAt})`.as("last_seen_at"),
    })
    .from(clientObservations)
    .where(
      and(
        eq(clientObservations.keyId, keyId),
        inArray(clientObservations.kind, [...kinds]),
        gte(clientObservations.day, from),
      ),
    )
    .groupBy(clientObservations.kind, clientObservations.value)
    .as("seen");
  const { value, count, lastSeenAt } = seen;
  const values =
    dialect === "postgres"
      ? sql<string>`json_agg(json_build_array(${value}, ${count}, ${lastSeenAt}))::text`
      : sql<string>`json_group_array(json_array(${value}, ${count}, ${lastSeenAt}))`;
  const rows = await q.select({ kind: seen.kind, values }).from(seen).groupBy(seen.kind);
  const found: PassedChecks["observations"] = { address: [], origin: [], app: [] };
  for (const row of rows) {
    const read: [value: string, count: number, lastSeenAt: number][] = JSON.parse(row.values);
    found[row.kind] = read.map(([value, count, lastSeenAt]) => ({ value, count, lastSeenAt }));
  }
  return found;
}
