import { and, eq, isNull, lt, or } from "drizzle-orm";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { MINUTE_MS, startOf } from "#core/time.ts";
import type { Db, Scope, Tx } from "#db/open.ts";
import { callerOf, UNKNOWN_CALLERS } from "./callers.ts";
import { clientOf } from "./clients.ts";
import { DEMO_KEYS } from "./fixtures.ts";
import { generateAtRate } from "./generate.ts";
import type { ProjectLife } from "./lifetimes.ts";
import { readMarker, readProgress, writeProgress } from "./marker.ts";
import type { Caller } from "./traffic.ts";
import { writeDenials } from "./write-denials.ts";
import { writeRequests } from "./write-requests.ts";
import { type TrafficKey, writeTraffic } from "./write-traffic.ts";
import { writeUsage } from "./write-usage.ts";

/**
 * Generates the demo's traffic up to now, against the keys as they are: a key revoked by hand is denied. Returns how
 * many requests were added; 0 within the same minute, and if there is no demo.
 */
export async function catchUpDemo({ db, nowMs }: { db: Db; nowMs: number }): Promise<number> {
  const marker = await readMarker(db.read);
  if (!marker) return 0;
  const toMs = startOf(MINUTE_MS, nowMs);
  const fromMs = await readProgress(db.read);
  if (fromMs >= toMs) return 0;
  const callers = await readCallers(db.read);
  const { seed, epochMs, checksPerWeight } = marker;
  const usage = generateAtRate({ seed, callers, epochMs, fromMs, toMs }, checksPerWeight);
  return db.write(async (tx) => {
    // Another process was faster: its traffic must not be added twice.
    if ((await readProgress(tx)) !== fromMs) return 0;
    await writeProgress(tx, toMs, usage.total);
    await writeUsage(tx, `demo/${toMs}`, usage.rows);
    const keys = await readKeys(tx);
    await writeTraffic(tx, usage.rows, keys, nowMs);
    await writeDenials(tx, usage.rows, keys, nowMs);
    await writeRequests(tx, usage.rows, keys, nowMs);
    await writeLastUsed(tx, usage.lastUsedAt);
    return usage.total;
  });
}

async function readCallers(scope: Scope): Promise<Caller[]> {
  const { q, t } = scope;
  const projects = await readProjects(scope);
  const secrets = await q.select().from(t.secrets).orderBy(t.secrets.createdAt);
  const keys = await q.select().from(t.keys);
  const callers = keys.flatMap((key) => {
    const spec = DEMO_KEYS.find(({ service }) => service === key.metadata.service);
    const project = projects.get(key.projectId);
    if (!spec || !project) return [];
    const life = {
      ...key,
      // The row does not say when it was disabled; since then nothing was valid.
      disabledAt: key.enabled ? null : (key.lastUsedAt ?? key.createdAt),
      restrictions: compileRestrictions(key.restrictions),
      client: clientOf(spec.service),
      secrets: secrets.filter(({ keyId }) => keyId === key.id),
      project,
    };
    return [callerOf(spec, life)];
  });
  return [...callers, UNKNOWN_CALLERS];
}

async function readKeys({ q, t }: Scope): Promise<Map<string, TrafficKey>> {
  const rows = await q.select().from(t.keys);
  return new Map(
    rows.flatMap(({ id, metadata, reportOnly: set, reportOnlySince }) => {
      const service = metadata.service;
      if (!DEMO_KEYS.some((spec) => spec.service === service)) return [];
      return [
        [id, { service: String(service), reportOnly: set && { since: reportOnlySince ?? 0, set } }] as const,
      ];
    }),
  );
}

async function readProjects({ q, t }: Scope): Promise<Map<string, ProjectLife>> {
  const rows = await q
    .select({ id: t.projects.id, suspendedAt: t.projects.suspendedAt })
    .from(t.projects)
    .where(isNull(t.projects.deletedAt));
  const enabled = await q
    .select({ projectId: t.projectApis.projectId, slug: t.apis.slug, fromMs: t.projectApis.requestedAt })
    .from(t.projectApis)
    .innerJoin(t.apis, eq(t.apis.id, t.projectApis.apiId))
    .where(eq(t.projectApis.status, "enabled"));
  return new Map(
    rows.map((row) => [row.id, { ...row, enabled: enabled.filter(({ projectId }) => projectId === row.id) }]),
  );
}

async function writeLastUsed({ q, t }: Tx, lastUsedAt: ReadonlyMap<string, number>): Promise<void> {
  for (const [id, at] of lastUsedAt) {
    for (const table of [t.keys, t.secrets]) {
      const isOlder = or(isNull(table.lastUsedAt), lt(table.lastUsedAt, at));
      await q
        .update(table)
        .set({ lastUsedAt: at })
        .where(and(eq(table.id, id), isOlder));
    }
  }
}
