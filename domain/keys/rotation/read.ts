import { and, desc, eq, gte, max, sql } from "drizzle-orm";
import { BUCKET_MS, iso, startOf } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { UsageFilter } from "#engine/usage/types.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { mustFindKey, presentKeys } from "../find.ts";
import type { KeyRef, KeySecret } from "../schema.ts";
import { byNetwork } from "./networks.ts";
import type { OldSecretCall, OldSecretSender, RotationResult, SecretTraffic } from "./schema.ts";
import { MAX_OVERLAP_SECONDS } from "./schema.ts";

const MINUTES = 60;
/** Guaranteed retention of minutes (`engine/aggregation/prune.ts`). */
const MINUTES_KEPT_MS = 47 * BUCKET_MS.hour;
/** How many clients per kind that still use the old secret are listed, most recent first. */
const MAX_SENDERS = 20;

/**
 * The overlap of a rotated key: the traffic of both secrets, and who still sends the old one. Null without an
 * overlap.
 */
export async function readRotation({ ctx, input }: Verb<KeyRef>): Promise<RotationResult> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const now = ctx.now();
  const [key] = await presentKeys(scope, [await mustFindKey(scope, input)], now);
  const current = key?.secrets.find(({ lapsesAt }) => lapsesAt === null);
  const older = key?.secrets.find(({ lapsesAt }) => lapsesAt !== null);
  if (!key || !current || !older?.lapsesAt) return { rotation: null };
  const since = Date.parse(current.createdAt);
  const [ofCurrent, ofOlder, senders, operations] = await Promise.all([
    trafficOf(scope, input, current, { since, now }),
    trafficOf(scope, input, older, { since, now }),
    sendersOf(scope, input.keyId, older.id, since),
    operationsOf(scope, input, older.id, bucketsSince(since, now)),
  ]);
  return {
    rotation: {
      rotatedAt: current.createdAt,
      longestUntil: iso(since + MAX_OVERLAP_SECONDS * 1000),
      older: { ...ofOlder, lapsesAt: older.lapsesAt },
      current: ofCurrent,
      senders,
      operations,
    },
  };
}

async function trafficOf(
  scope: Scope,
  input: KeyRef,
  { id, hint, lastUsedAt }: KeySecret,
  { since, now }: { since: number; now: number },
): Promise<SecretTraffic> {
  const firstMinute = startOf(BUCKET_MS.minute, now) - (MINUTES - 1) * BUCKET_MS.minute;
  const [counted, [whole]] = await Promise.all([
    sumUsage(scope, { ...passedWith(input, id, "minute", firstMinute), by: ["bucket"], sums: ["checks"] }),
    sumUsage(scope, { ...passedWith(input, id, ...bucketsSince(since, now)), by: [], sums: ["checks"] }),
  ]);
  const minutes = Array.from({ length: MINUTES }, () => 0);
  for (const { bucket, checks } of counted) {
    const minute = (bucket - firstMinute) / BUCKET_MS.minute;
    if (minute < MINUTES) minutes[minute] = checks;
  }
  const lastHour = minutes.reduce((sum, count) => sum + count, 0);
  return { id, hint, lastUsedAt, lastHour, minutes, total: whole?.checks ?? 0 };
}

/** From the first bucket after the rotation: minutes while they are stored, then hours. */
function bucketsSince(since: number, now: number): [interval: "minute" | "hour", from: number] {
  const interval = now - since < MINUTES_KEPT_MS ? "minute" : "hour";
  return [interval, Math.ceil(since / BUCKET_MS[interval]) * BUCKET_MS[interval]];
}

function passedWith(
  { projectId, keyId }: KeyRef,
  secretId: string,
  interval: "minute" | "hour",
  from: number,
): UsageFilter {
  return {
    // Minutes are stored for two days.
    buckets: [interval === "minute" ? { interval, from, to: from + 2 * BUCKET_MS.day } : { interval, from }],
    where: { projectId: [projectId], keyId: [keyId], secretId: [secretId], code: ["VALID"] },
  };
}

async function sendersOf(
  scope: Scope,
  keyId: string,
  secretId: string,
  since: number,
): Promise<OldSecretSender[]> {
  const { clientObservations } = scope.t;
  const rows = await scope.q
    .select({
      kind: clientObservations.kind,
      value: clientObservations.value,
      count: sql<number>`sum(${clientObservations.count})`.mapWith(Number),
      lastSeenAt: max(clientObservations.lastSeenAt).mapWith(Number),
    })
    .from(clientObservations)
    .where(
      and(
        eq(clientObservations.keyId, keyId),
        eq(clientObservations.secretId, secretId),
        gte(clientObservations.day, startOf(BUCKET_MS.day, since)),
        gte(clientObservations.lastSeenAt, since),
      ),
    )
    .groupBy(clientObservations.kind, clientObservations.value)
    .orderBy(desc(max(clientObservations.lastSeenAt)), clientObservations.value);
  const seen = rows.map(({ lastSeenAt, ...row }) => ({ ...row, lastSeenAt: lastSeenAt ?? since }));
  return [...Map.groupBy(byNetwork(seen), ({ kind }) => kind).values()].flatMap((ofKind) =>
    ofKind
      .slice(0, MAX_SENDERS)
      // A kind without observations is not listed.
      .filter(({ value }) => value !== "" || ofKind.length > 1)
      .map(({ lastSeenAt, ...sender }) => ({ ...sender, lastSeenAt: iso(lastSeenAt) })),
  );
}

async function operationsOf(
  scope: Scope,
  input: KeyRef,
  secretId: string,
  [interval, from]: ["minute" | "hour", number],
): Promise<OldSecretCall[]> {
  const rows = await sumUsage(scope, {
    ...passedWith(input, secretId, interval, from),
    by: ["api", "operation"],
    sums: ["checks", "lastBucket"],
    largest: MAX_SENDERS,
  });
  return rows.map(({ api, operation, checks, lastBucket }) => ({
    api,
    operation,
    count: checks,
    lastSeenAt: iso(lastBucket),
  }));
}
