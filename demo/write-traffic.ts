import { sql } from "drizzle-orm";
import { NO_SCOPES } from "#core/check.ts";
import { OBSERVATION_KINDS, observationsOf } from "#core/observations.ts";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { evaluateRestrictions } from "#core/restrictions/evaluate.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { VerdictCode } from "#core/verdict.ts";
import type { Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { UsageRow } from "./aggregate.ts";
import { type ClientShare, clientsOf } from "./clients.ts";
import { distribute, noise } from "./random.ts";

/** Rows per statement: SQLite accepts 32,766 parameters. */
const AT_ONCE = 1_000;

/** As long as Latchkey stores them. */
const OBSERVATION_RETENTION_MS = 35 * DAY_MS;

/** What the generator needs to know of a key's clients and report-only restrictions. */
export interface TrafficKey {
  service: string;
  reportOnly: { since: number; set: Restrictions } | null;
}

/** Writes the client observations of `rows`, and the results of the report-only restrictions. */
export async function writeTraffic(
  { q, t }: Tx,
  rows: readonly UsageRow[],
  keys: ReadonlyMap<string, TrafficKey>,
  nowMs: number,
): Promise<void> {
  const { clientObservations, reportOnlyCounts } = t;
  for (const part of inParts(observationsIn(rows, keys, nowMs))) {
    const { keyId, kind, day, secretId, value } = clientObservations;
    await q
      .insert(clientObservations)
      .values(part)
      .onConflictDoUpdate({
        target: [keyId, kind, day, secretId, value],
        set: {
          count: sql`${clientObservations.count} + excluded.count`,
          lastSeenAt: sql`excluded.last_seen_at`,
        },
      });
  }
  for (const part of inParts(countReportOnly(rows, keys))) {
    const { keyId, since, bucket, code } = reportOnlyCounts;
    await q
      .insert(reportOnlyCounts)
      .values(part)
      .onConflictDoUpdate({
        target: [keyId, since, bucket, code],
        set: { count: sql`${reportOnlyCounts.count} + excluded.count` },
      });
  }
}

type Observation = Tables["clientObservations"]["$inferInsert"];
type ReportOnlyCount = Tables["reportOnlyCounts"]["$inferInsert"];

/** The counts per kind of a key, secret and day add up to its valid requests. */
function observationsIn(
  rows: readonly UsageRow[],
  keys: ReadonlyMap<string, TrafficKey>,
  nowMs: number,
): Observation[] {
  const from = startOf(DAY_MS, nowMs - OBSERVATION_RETENTION_MS);
  const found = new Map<string, Observation>();
  for (const row of rows) {
    const key = keys.get(row.keyId);
    if (row.interval !== "day" || row.code !== "VALID" || row.bucket < from || !key) continue;
    for (const [{ client }, count] of distributed(row, key)) {
      const seen = observationsOf(client);
      for (const kind of OBSERVATION_KINDS) {
        const { keyId, secretId, bucket: day } = row;
        const id = `${secretId} ${day} ${kind} ${seen[kind]}`;
        const lastSeenAt = Math.min(nowMs, day + DAY_MS - 1);
        const known = found.get(id) ?? {
          keyId,
          secretId,
          kind,
          day,
          value: seen[kind],
          count: 0,
          lastSeenAt,
        };
        found.set(id, { ...known, count: known.count + count });
      }
    }
  }
  return [...found.values()];
}

function countReportOnly(
  rows: readonly UsageRow[],
  keys: ReadonlyMap<string, TrafficKey>,
): ReportOnlyCount[] {
  const found = new Map<string, ReportOnlyCount>();
  for (const row of rows) {
    const key = keys.get(row.keyId);
    if (
      row.interval !== "hour" ||
      row.code !== "VALID" ||
      !key?.reportOnly ||
      row.bucket < key.reportOnly.since
    )
      continue;
    const { since, set } = key.reportOnly;
    const rules = compileRestrictions(set);
    for (const [{ client }, count] of distributed(row, key)) {
      const { api, operation, keyId, bucket } = row;
      const request = {
        requestId: "",
        api,
        operation: operation || null,
        call: null,
        cost: 1,
        ...NO_SCOPES,
        client,
      };
      const code: VerdictCode = evaluateRestrictions(rules, request)?.code ?? "VALID";
      const id = `${keyId} ${bucket} ${code}`;
      const known = found.get(id) ?? { keyId, since, bucket, code, count: 0 };
      found.set(id, { ...known, count: known.count + count });
    }
  }
  return [...found.values()];
}

/** Distributes a row's requests over the key's clients. */
function distributed(row: UsageRow, { service }: TrafficKey): [client: ClientShare, count: number][] {
  const clients = clientsOf(service);
  // Not seeded with ids, which differ from demo to demo.
  const offset = noise("place", service, row.bucket, row.api, row.operation);
  const counts = distribute(
    clients.map(({ share }) => share),
    row.count,
    offset,
  );
  return clients.flatMap((client, at): [ClientShare, number][] =>
    counts[at] ? [[client, counts[at] ?? 0]] : [],
  );
}

function* inParts<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += AT_ONCE) yield rows.slice(at, at + AT_ONCE);
}

/** The hour in which the demo's report-only restrictions were set. */
export function reportOnlySince(nowMs: number): number {
  return startOf(HOUR_MS, nowMs - 3 * DAY_MS);
}
