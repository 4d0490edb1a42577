import { newId } from "#core/ids.ts";
import { MINUTE_MS } from "#core/time.ts";
import type { VerdictCode } from "#core/verdict.ts";
import type { Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { UsageRow } from "./aggregate.ts";
import { clientsOf } from "./clients.ts";
import { noise } from "./random.ts";
import { observedBy } from "./write-denials.ts";
import type { TrafficKey } from "./write-traffic.ts";

/** Fewer than Latchkey lists: enough to read. */
const OF_KEY = 40;

type RequestRow = Tables["requests"]["$inferInsert"];

/** Writes the latest requests among the rows, the newest of each key. */
export async function writeRequests(
  { q, t }: Tx,
  rows: readonly UsageRow[],
  keys: ReadonlyMap<string, TrafficKey>,
  nowMs: number,
): Promise<void> {
  const left = new Map<string, number>();
  const requests = rows
    .filter(({ interval, keyId, bucket }) => interval === "minute" && keys.has(keyId) && bucket < nowMs)
    .toSorted((a, b) => b.bucket - a.bucket)
    .flatMap((row) => {
      const remaining = left.get(row.keyId) ?? OF_KEY;
      const count = Math.min(row.count, remaining);
      left.set(row.keyId, remaining - count);
      const service = keys.get(row.keyId)?.service ?? "";
      return Array.from({ length: count }, (_, n) => requestOf(row, service, n, nowMs));
    });
  for (let at = 0; at < requests.length; at += 500)
    await q.insert(t.requests).values(requests.slice(at, at + 500));
}

function requestOf(row: UsageRow, service: string, n: number, nowMs: number): RequestRow {
  const { projectId, keyId, secretId, bucket, api, operation, code } = row;
  const chance = (what: string) => noise("request", service, bucket, code, operation, what, n);
  const clients = clientsOf(service);
  const caller = clients[Math.floor(chance("place") * clients.length)] ?? clients[0];
  if (!caller) throw new Error("a service without clients");
  return {
    id: newId("segment"),
    requestId: newId("request"),
    projectId,
    keyId,
    secretId,
    api,
    operation,
    at: bucket + Math.floor(chance("time") * Math.min(MINUTE_MS, nowMs - bucket)),
    code: code as VerdictCode,
    environment: row.environment === "test" ? "test" : "live",
    observed: code === "VALID" ? {} : observedBy(code, api, operation),
    client: caller.client,
  };
}
