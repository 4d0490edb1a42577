import { and, eq, gte, inArray, isNull, lte } from "drizzle-orm";
import { networkOf } from "#core/network.ts";
import { OTHERS } from "#core/other-values.ts";
import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { Db, Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { Ctx } from "../../context.ts";
import { type AlertFinding, type AlertToEvaluate, RECENT_MS } from "./finding.ts";

/** A network that a key was not used from for so many days is new. */
const KNOWN_DAYS = 30;
/** Keys that are looked at in one evaluation. More were used in the last minutes only in huge projects. */
const MAX_KEYS = 1_000;
/** A key whose networks change all the time fires at most once in this time, with all of them. */
const COOL_DOWN_MS = HOUR_MS;
/** Networks of a day that an alert remembers for a key; beyond it, the key has no more new ones that day. */
const MAX_NETWORKS = 1_000;
const NAMED = 3;
/** What one provider gives to one site. */
const NETWORK = { 4: 24, 6: 48 } as const;

const startOfDay = (at: number) => startOf(DAY_MS, at);

interface UsedKey {
  id: string;
  name: string;
}

/** Keys of the project that were used since then and are not revoked. */
function usedKeys(
  { q, t: { keys } }: Scope,
  { project, since, reads }: AlertToEvaluate,
  createdUpTo: number,
): Promise<UsedKey[]> {
  return reads.once(`used keys ${createdUpTo}`, async () =>
    q
      .select({ id: keys.id, name: keys.name })
      .from(keys)
      .where(
        and(
          eq(keys.projectId, project.id),
          isNull(keys.revokedAt),
          gte(keys.lastUsedAt, since),
          lte(keys.createdAt, createdUpTo),
        ),
      )
      .limit(MAX_KEYS),
  );
}

/** Keys that were used after so many whole days (UTC) without a request, each once a day. */
export async function findDormantKeys(
  { db }: Ctx,
  watched: AlertToEvaluate,
  { days }: { days: number },
): Promise<AlertFinding[]> {
  const day = startOfDay(watched.since);
  const keys = await usedKeys(db.read, watched, day - days * DAY_MS);
  if (keys.length === 0) return [];
  const used = await sumUsage(db.read, {
    buckets: [{ interval: "day", from: day - days * DAY_MS, to: day }],
    where: { keyId: keys.map(({ id }) => id) },
    by: ["keyId"],
    sums: ["checks"],
  });
  const recentlyUsed = new Set(used.filter(({ checks }) => checks > 0).map(({ keyId }) => keyId));
  return keys
    .filter(({ id }) => !recentlyUsed.has(id))
    .map((key) => ({
      kind: "alert.dormant-key",
      subject: key,
      data: { days },
      // By the first day of the span, so that a span over midnight fires once.
      once: `dormant:${key.id}:${day}`,
    }));
}

/**
 * Keys that were used from networks that they were not used from before. On a key's first day, its networks are only stored.
 * Networks that are seen while a key must not fire again wait until it may, whether or not they are used once more.
 */
export async function findNewNetworks({ db }: Ctx, watched: AlertToEvaluate): Promise<AlertFinding[]> {
  const { alert, project, since, nowMs } = watched;
  const isCooling = (firedAt: number | null | undefined) =>
    firedAt != null && nowMs >= firedAt && nowMs < firedAt + COOL_DOWN_MS;
  const findings: AlertFinding[] = [];
  const due = (await waitingStates(db.read, alert.id)).filter(({ firedAt }) => !isCooling(firedAt));
  for (const { subject, firedAt, day } of due) {
    const from = Math.min(since, (firedAt ?? since) - RECENT_MS);
    const key = await findKey(db.read, project.id, subject);
    const window = { since: from, day: day ?? startOfDay(from) };
    const [fresh] = key === undefined ? [] : await freshNetworks(db.read, alert.id, [key], window);
    if (fresh) findings.push(newNetworks(alert.id, fresh, nowMs));
    else await setArmed(db, alert.id, subject, true);
  }
  const looked = new Set(due.map(({ subject }) => subject));
  const keys = (await usedKeys(db.read, watched, nowMs)).filter(({ id }) => !looked.has(id));
  const window = { since, day: startOfDay(since) };
  for (const fresh of await freshNetworks(db.read, alert.id, keys, window)) {
    if (!isCooling(fresh.state?.firedAt)) findings.push(newNetworks(alert.id, fresh, nowMs));
    else if (fresh.state?.armed) await setArmed(db, alert.id, fresh.key.id, false);
  }
  return findings;
}

type State = Tables["alertStates"]["$inferSelect"];

interface Fresh {
  key: UsedKey;
  state: State | undefined;
  /** The day that they are new on, and the networks of that day that the alert has fired for. */
  day: number;
  notified: readonly string[];
  networks: readonly string[];
}

/** The new networks of keys that have some, in the days from `day` on, as far as they were seen since an instant. */
async function freshNetworks(
  scope: Scope,
  alertId: string,
  keys: readonly UsedKey[],
  { since, day }: { since: number; day: number },
): Promise<Fresh[]> {
  const recent = await networksSeen(scope, keys, { from: day, to: Number.MAX_SAFE_INTEGER, since });
  const withSome = keys.filter(({ id }) => recent.has(id));
  if (withSome.length === 0) return [];
  const known = await networksSeen(scope, withSome, { from: day - KNOWN_DAYS * DAY_MS, to: day });
  const states = await statesOf(scope, alertId, withSome);
  return withSome.flatMap((key): Fresh[] => {
    const before = known.get(key.id);
    // Without an earlier day nothing is known yet, and beyond the bound of observations nothing can be said.
    if (before === undefined || before.has(OTHERS)) return [];
    const state = states.get(key.id);
    const notified = state?.day === day ? (state.networks ?? []) : [];
    const networks = [...(recent.get(key.id) ?? [])].filter(
      (network) => network !== OTHERS && !before.has(network) && !notified.includes(network),
    );
    return networks.length === 0 || notified.length >= MAX_NETWORKS
      ? []
      : [{ key, state, day, notified, networks }];
  });
}

function newNetworks(alertId: string, { key, day, notified, networks }: Fresh, nowMs: number): AlertFinding {
  return {
    kind: "alert.new-network",
    subject: key,
    data: { networks: networks.slice(0, NAMED).join(", "), count: networks.length },
    once: `network:${key.id}:${nowMs}`,
    ownersOnly: true,
    async store(tx) {
      const { alertStates } = tx.t;
      const fired = {
        armed: true,
        firedAt: nowMs,
        day,
        networks: [...notified, ...networks].slice(0, MAX_NETWORKS),
      };
      await tx.q
        .insert(alertStates)
        .values({ alertId, subject: key.id, ...fired })
        .onConflictDoUpdate({ target: [alertStates.alertId, alertStates.subject], set: fired });
    },
  };
}

/** The keys whose new networks wait. */
function waitingStates({ q, t: { alertStates } }: Scope, alertId: string) {
  const { subject, firedAt, day, armed } = alertStates;
  return q
    .select({ subject, firedAt, day })
    .from(alertStates)
    .where(and(eq(alertStates.alertId, alertId), eq(armed, false)));
}

async function setArmed(db: Db, alertId: string, subject: string, armed: boolean): Promise<void> {
  await db.write(({ q, t: { alertStates } }) =>
    q
      .update(alertStates)
      .set({ armed })
      .where(and(eq(alertStates.alertId, alertId), eq(alertStates.subject, subject))),
  );
}

/** A key of the project that is not revoked. */
async function findKey(
  { q, t: { keys } }: Scope,
  projectId: string,
  keyId: string,
): Promise<UsedKey | undefined> {
  const [key] = await q
    .select({ id: keys.id, name: keys.name })
    .from(keys)
    .where(and(eq(keys.id, keyId), eq(keys.projectId, projectId), isNull(keys.revokedAt)));
  return key;
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
