import { and, eq, gte, inArray, isNull, lte } from "drizzle-orm";
import { networkOf } from "#core/network.ts";
import { OTHERS } from "#core/others.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import type { Finding, Watched } from "./finding.ts";

const DAY_MS = 86_400_000;
/** A network that a key was not used from for so many days is new. */
const KNOWN_DAYS = 30;
/** Keys that are looked at in one evaluation. More were used in the last minutes only in huge projects. */
const MAX_KEYS = 1_000;
/** A key whose networks change all the time fires at most once in this time, with all of them. */
const COOL_DOWN_MS = 3_600_000;
/** Networks of a day that an alert remembers for a key; beyond it, the key has no more new ones that day. */
const MAX_NETWORKS = 1_000;
const NAMED = 3;
/** What one provider gives to one site. */
const NETWORK = { 4: 24, 6: 48 } as const;

const startOfDay = (at: number) => Math.floor(at / DAY_MS) * DAY_MS;

interface UsedKey {
  id: string;
  name: string;
}

/** Keys of the project that were used since then and are not revoked. */
async function usedKeys(
  { q, t: { keys } }: Scope,
  projectId: string,
  since: number,
  createdUpTo: number,
): Promise<UsedKey[]> {
  return q
    .select({ id: keys.id, name: keys.name })
    .from(keys)
    .where(
      and(
        eq(keys.projectId, projectId),
        isNull(keys.revokedAt),
        gte(keys.lastUsedAt, since),
        lte(keys.createdAt, createdUpTo),
      ),
    )
    .limit(MAX_KEYS);
}

/** Keys that were used after so many whole days (UTC) without a request, each once a day. */
export async function findDormantKeys(
  { db }: Ctx,
  { project, since }: Watched,
  { days }: { days: number },
): Promise<Finding[]> {
  const day = startOfDay(since);
  const keys = await usedKeys(db.read, project.id, since, day - days * DAY_MS);
  if (keys.length === 0) return [];
  const used = await sumUsage(db.read, {
    buckets: [{ interval: "day", from: day - days * DAY_MS, to: day }],
    where: { keyId: keys.map(({ id }) => id) },
    by: ["keyId"],
    sums: ["checks"],
  });
  const awake = new Set(used.filter(({ checks }) => checks > 0).map(({ keyId }) => keyId));
  return keys
    .filter(({ id }) => !awake.has(id))
    .map((key) => ({
      kind: "alert.dormant-key",
      subject: key,
      data: { days },
      // By the first day of the span, so that a span over midnight fires once.
      once: `dormant:${key.id}:${day}`,
    }));
}

/** Keys that were used from networks that they were not used from before. A key's first day only teaches its networks. */
export async function findNewNetworks(
  { db }: Ctx,
  { alert, project, since, nowMs }: Watched,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const keys = await usedKeys(db.read, project.id, since, nowMs);
  const today = startOfDay(since);
  const recent = await networksSeen(db.read, keys, { from: today, to: Number.MAX_SAFE_INTEGER, since });
  const withSome = keys.filter(({ id }) => recent.has(id));
  if (withSome.length === 0) return [];
  const known = await networksSeen(db.read, withSome, { from: today - KNOWN_DAYS * DAY_MS, to: today });
  const states = await statesOf(db.read, alert.id, withSome);
  for (const key of withSome) {
    const before = known.get(key.id);
    // Without an earlier day nothing is known yet, and beyond the bound of observations nothing can be said.
    if (before === undefined || before.has(OTHERS)) continue;
    const state = states.get(key.id);
    const notified = state?.day === today ? (state.networks ?? []) : [];
    const isCooling =
      state?.firedAt != null && nowMs >= state.firedAt && nowMs < state.firedAt + COOL_DOWN_MS;
    const fresh = [...(recent.get(key.id) ?? [])].filter(
      (network) => network !== OTHERS && !before.has(network) && !notified.includes(network),
    );
    if (fresh.length === 0 || isCooling || notified.length >= MAX_NETWORKS) continue;
    findings.push({
      kind: "alert.new-network",
      subject: key,
      data: { networks: fresh.slice(0, NAMED).join(", "), count: fresh.length },
      once: `network:${key.id}:${nowMs}`,
      ownersOnly: true,
      async store(tx) {
        const { alertStates } = tx.t;
        const networks = [...notified, ...fresh].slice(0, MAX_NETWORKS);
        const fired = { armed: true, firedAt: nowMs, day: today, networks };
        await tx.q
          .insert(alertStates)
          .values({ alertId: alert.id, subject: key.id, ...fired })
          .onConflictDoUpdate({ target: [alertStates.alertId, alertStates.subject], set: fired });
      },
    });
  }
  return findings;
}

/** The networks of allowed requests by key, in days from `from` until before `to`. */
async function networksSeen(
  { q, t: { clientObservations: seen } }: Scope,
  keys: readonly UsedKey[],
  { from, to, since }: { from: number; to: number; since?: number },
): Promise<Map<string, Set<string>>> {
  const networks = new Map<string, Set<string>>();
  for (let at = 0; at < keys.length; at += 100) {
    const ids = keys.slice(at, at + 100).map(({ id }) => id);
    const rows = await q
      .selectDistinct({ keyId: seen.keyId, value: seen.value })
      .from(seen)
      .where(
        and(
          inArray(seen.keyId, ids),
          eq(seen.kind, "address"),
          gte(seen.day, from),
          lte(seen.day, to - 1),
          since === undefined ? undefined : gte(seen.lastSeenAt, since),
        ),
      );
    for (const { keyId, value } of rows) {
      if (value === "") continue;
      const network = value === OTHERS ? OTHERS : networkOf(value, NETWORK);
      const set = networks.get(keyId) ?? new Set();
      networks.set(keyId, set.add(network));
    }
  }
  return networks;
}

async function statesOf({ q, t: { alertStates } }: Scope, alertId: string, keys: readonly UsedKey[]) {
  const rows = await q.select().from(alertStates).where(eq(alertStates.alertId, alertId));
  const ids = new Set(keys.map(({ id }) => id));
  return new Map(rows.filter(({ subject }) => ids.has(subject)).map((row) => [row.subject, row]));
}
