import { newId } from "#core/ids.ts";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { DenialCode } from "#core/verdict.ts";
import type { Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { UsageRow } from "./aggregate.ts";
import { clientsOf } from "./clients.ts";
import { noise } from "./random.ts";
import type { TrafficKey } from "./write-traffic.ts";

/** Fewer than Latchkey stores: enough to read. */
const OF_KEY = 60;
const KEPT_MS = 30 * DAY_MS;

type DenialRow = Tables["denials"]["$inferInsert"];

/** Writes the latest denials among the rows, the newest of each key. */
export async function writeDenials(
  { q, t }: Tx,
  rows: readonly UsageRow[],
  keys: ReadonlyMap<string, TrafficKey>,
  nowMs: number,
): Promise<void> {
  const left = new Map<string, number>();
  const denials = rows
    .filter(({ interval, code, keyId }) => interval === "hour" && code !== "VALID" && keys.has(keyId))
    .filter(({ bucket }) => bucket >= nowMs - KEPT_MS)
    .toSorted((a, b) => b.bucket - a.bucket)
    .flatMap((row) => {
      const remaining = left.get(row.keyId) ?? OF_KEY;
      const count = Math.min(row.count, remaining);
      left.set(row.keyId, remaining - count);
      const service = keys.get(row.keyId)?.service ?? "";
      return Array.from({ length: count }, (_, n) => denialOf(row, service, n, nowMs));
    });
  for (let at = 0; at < denials.length; at += 500)
    await q.insert(t.denials).values(denials.slice(at, at + 500));
}

function denialOf(row: UsageRow, service: string, n: number, nowMs: number): DenialRow {
  const { projectId, keyId, bucket, api, operation, code } = row;
  const clients = clientsOf(service);
  const chance = (what: string) => noise("denial", service, bucket, code, operation, what, n);
  const caller = clients[Math.floor(chance("place") * clients.length)] ?? clients[0];
  const hourMs = Math.min(HOUR_MS, nowMs - bucket);
  if (!caller) throw new Error("a service without clients");
  return {
    id: newId("segment"),
    projectId,
    keyId,
    at: bucket + Math.floor(chance("time") * hourMs),
    code: code as DenialCode,
    reportOnly: false,
    environment: row.environment === "test" ? "test" : "live",
    api,
    operation,
    observed: observedBy(code, api, operation),
    client: caller.client,
  };
}

/** What a verdict with this code has observed. */
export function observedBy(code: string, api: string, operation: string): Record<string, string> {
  if (code === "API_NOT_ENABLED" || code === "API_NOT_ALLOWED") return { api };
  return code === "OPERATION_NOT_ALLOWED" ? { api, operation } : {};
}
