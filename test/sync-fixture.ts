import { afterEach, beforeEach, expect } from "vitest";
import { hashToken } from "#core/tokens.ts";
import { createServiceToken } from "#domain/access/service-tokens/create.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import {
  type FactsAnswer,
  SYNC_FORMAT,
  type SyncEvent,
  type SyncHeartbeat,
  type SyncHello,
  type SyncPosition,
  type UsageEntry,
} from "#engine/sync/protocol.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { START } from "./people.ts";
import { startTestVerifier, type TestVerifier } from "./test-verifier.ts";

/** The verifier of the current test, and a service that may verify keys of `badges` itself. `setUpSync` sets them. */
export const sync = {} as { verifier: TestVerifier; service: { id: string; token: string } };
const open = new Set<AbortController>();

export function setUpSync(): void {
  beforeEach(async () => {
    sync.verifier = await startTestVerifier();
    sync.service = await makeLocalService({ api: "badges" });
  });
  afterEach(async () => {
    for (const stream of open) stream.abort();
    open.clear();
    await sync.verifier.stop();
  });
}

export async function makeLocalService(fields: { api: string | null; localVerification?: boolean }) {
  const input = { name: "local", trustedProxies: [], localVerification: true, ...fields };
  const { serviceToken, token } = await createServiceToken({ ctx: sync.verifier.ctx, input });
  return { id: serviceToken.id, token };
}

export function call(
  path: string,
  { token = sync.service.token, body }: { token?: string; body?: unknown } = {},
) {
  const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
  if (body === undefined) return fetch(`${sync.verifier.url}/api/v1/sync${path}`, { headers });
  headers["Content-Type"] = "application/json";
  return fetch(`${sync.verifier.url}/api/v1/sync${path}`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** Events of a stream as they arrive; `isOpen` is false once it has ended. */
export async function follow(after?: SyncPosition, token = sync.service.token) {
  const controller = new AbortController();
  open.add(controller);
  const query = after ? `&after=${encodeURIComponent(JSON.stringify(after))}` : "";
  const response = await fetch(`${sync.verifier.url}/api/v1/sync?format=${SYNC_FORMAT}${query}`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: controller.signal,
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const stream = { events: [] as SyncEvent[], isOpen: true };
  const read = async () => {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split("\n\n");
      rest = lines.pop() ?? "";
      for (const line of lines) stream.events.push(JSON.parse(line.replace(/^data: /, "")));
    }
  };
  void read()
    .catch(() => {})
    .finally(() => {
      stream.isOpen = false;
    });
  await expect.poll(() => stream.events.length).toBeGreaterThan(1);
  return stream;
}

export const helloOf = ({ events }: { events: SyncEvent[] }) => (events[0] as SyncHello).hello;
export const heartbeatsOf = ({ events }: { events: SyncEvent[] }) =>
  events.filter((event): event is SyncHeartbeat => "confirmedAt" in event);
export const changedIn = (stream: { events: SyncEvent[] }) =>
  heartbeatsOf(stream).flatMap(({ changed = [] }) => changed);

export async function facts(secrets: string[], { apis = [] as string[], token = sync.service.token } = {}) {
  const body = { format: SYNC_FORMAT, secrets: secrets.map((secret) => hashToken(secret)), apis };
  const response = await call("/facts", { token, body });
  expect(response.status).toBe(200);
  return (await response.json()) as FactsAnswer;
}

const LOCAL = { id: "loc_0123456789abcdefghijkl", address: "web-1", version: "1.0.0", startedAt: START };
export const BATCH_ID = "seg_0123456789abcdefghijkl.0";

export function usageOf(entries: UsageEntry[], id = BATCH_ID) {
  return { format: SYNC_FORMAT, service: LOCAL, applied: null, batch: { id, entries } };
}

export const entryFor = (secretId: string, more: Partial<UsageEntry> = {}): UsageEntry => ({
  atMs: START,
  code: "VALID",
  secretId,
  api: "badges",
  operation: "badges.sync",
  units: 2,
  count: 3,
  seen: { address: "198.51.100.7", origin: "", app: "" },
  trial: null,
  details: null,
  ...more,
});

export async function totals() {
  const rows = await sumUsage(sync.verifier.db.read, {
    buckets: [{ interval: "hour", from: 0 }],
    by: ["keyId", "code", "operation"],
    sums: ["checks", "units"],
  });
  return rows.map(({ checks, ...row }) => ({ ...row, count: checks }));
}
export const count = (dir = sync.verifier.dir) => storeSegments(sync.verifier.db, dir, () => START);
