import { and, asc, count, eq, gt, isNull, lte, or, type SQL } from "drizzle-orm";
import { MINUTE_MS } from "#core/time.ts";
import type { Db, Scope } from "#db/open.ts";
import type { Ctx } from "../context.ts";
import { countWhere } from "../keys/count.ts";
import { yieldToEventLoop } from "../yield-to-event-loop.ts";
import { whereAllKeys } from "./filter.ts";
import type { AllKeysFilter } from "./schema.ts";

const live = { status: "active", environment: "live" } as const;

/** The key counts shown to administrators, each with the filter of the list that shows these keys. */
export const KEY_TOTALS = {
  active: { status: "active" },
  disabled: { status: "disabled" },
  expired: { status: "expired" },
  revoked: { status: "revoked" },
  /** Active keys by the age of their current secret. */
  secretUnder30Days: { status: "active", secretNewerThanDays: 30 },
  secretUnder90Days: { status: "active", secretOlderThanDays: 30, secretNewerThanDays: 90 },
  secretUnder1Year: { status: "active", secretOlderThanDays: 90, secretNewerThanDays: 365 },
  secretOver1Year: { status: "active", secretOlderThanDays: 365 },
  /** Findings that require action. */
  unrestrictedLive: { ...live, restricted: "none" },
  liveWithoutApplication: { ...live, restricted: "no-application" },
  secretOver90Days: { status: "active", secretOlderThanDays: 90 },
  unusedFor90Days: { status: "active", unusedForDays: 90 },
  leaked: { leaked: true },
  /** Keys that the policy would reject today, including disabled and expired ones, which could be used again. */
  unboundLive: { status: "not-revoked", environment: "live", restricted: "no-application" },
} as const satisfies Record<string, AllKeysFilter>;

export type KeyTotal = keyof typeof KEY_TOTALS;

export type KeyTotals = Record<KeyTotal, number>;

/** Up to this many keys are counted for each reader; more take longer than a page may. */
const MAX_KEYS_COUNTED_LIVE = 20_000;
/** Few enough that no query takes long: on SQLite, a query blocks the whole process. */
const KEYS_PER_QUERY = 5_000;
/** A process that claimed the count and did not finish it in this time has died. */
const CLAIM_MS = 5 * MINUTE_MS;
/** The counts are at least this old before they are counted again, and this many times as old as counting takes. */
const MIN_AGE_MS = 60_000;
const MIN_AGE_PER_COUNT = 50;
const NAME = "keys";

/**
 * The number of keys in each list, and when they were counted (epoch ms): null for now. A large site's are those that
 * `recountKeyTotals` stored.
 */
export async function readKeyTotals(
  ctx: Ctx,
  maxKeys = MAX_KEYS_COUNTED_LIVE,
): Promise<{ counts: KeyTotals; countedAt: number | null }> {
  if (!(await hasMoreKeys(ctx.db.read, maxKeys)))
    return { counts: await countKeyTotals(ctx), countedAt: null };
  const stored = await readStored(ctx.db.read);
  if (stored?.counts != null) return { counts: withAllTotals(stored.counts), countedAt: stored.countedAt };
  return { counts: await countOnce(ctx), countedAt: null };
}

/**
 * Counts the keys of a large site again when the stored counts are old. Run it often: it works only in the one process
 * that claims it. Resolves with whether it counted.
 */
export async function recountKeyTotals(ctx: Ctx, maxKeys = MAX_KEYS_COUNTED_LIVE): Promise<boolean> {
  const { db, now } = ctx;
  if (!(await hasMoreKeys(db.read, maxKeys))) return false;
  const stored = await readStored(db.read);
  const minAgeMs = Math.max(MIN_AGE_MS, MIN_AGE_PER_COUNT * (stored?.tookMs ?? 0));
  const startedAt = now();
  if (!(await claim(db, { nowMs: startedAt, countedUpTo: startedAt - minAgeMs }))) return false;
  const counts = await countKeyTotals(ctx);
  const countedAt = now();
  const { siteCounts } = db.read.t;
  await db.write(({ q }) =>
    q
      .update(siteCounts)
      .set({ counts, countedAt, tookMs: countedAt - startedAt, claimedUntil: countedAt })
      .where(eq(siteCounts.name, NAME)),
  );
  return true;
}

async function hasMoreKeys({ q, t: { keys } }: Scope, than: number): Promise<boolean> {
  const [beyond] = await q.select({ id: keys.id }).from(keys).orderBy(asc(keys.id)).offset(than).limit(1);
  return beyond !== undefined;
}

async function readStored({ q, t: { siteCounts } }: Scope) {
  const [stored] = await q.select().from(siteCounts).where(eq(siteCounts.name, NAME));
  return stored;
}

/** Counts that a previous version stored may lack a total that this version has. */
function withAllTotals(counts: Record<string, number>): KeyTotals {
  const names = Object.keys(KEY_TOTALS) as KeyTotal[];
  return Object.fromEntries(names.map((name) => [name, counts[name] ?? 0])) as KeyTotals;
}

/** Claims the count unless another process has claimed it or has counted after `countedUpTo`. */
async function claim(
  db: Db,
  { nowMs, countedUpTo }: { nowMs: number; countedUpTo: number },
): Promise<boolean> {
  const { siteCounts } = db.read.t;
  const claimedUntil = nowMs + CLAIM_MS;
  const claimed = await db.write(({ q }) =>
    q
      .insert(siteCounts)
      .values({ name: NAME, claimedUntil })
      .onConflictDoUpdate({
        target: siteCounts.name,
        set: { claimedUntil },
        setWhere: and(
          lte(siteCounts.claimedUntil, nowMs),
          or(isNull(siteCounts.countedAt), lte(siteCounts.countedAt, countedUpTo)),
        ),
      })
      .returning({ name: siteCounts.name }),
  );
  return claimed.length > 0;
}

const counting = new WeakMap<Db, Promise<KeyTotals>>();

/** Until the job has counted for the first time, all readers wait for the same count. */
function countOnce(ctx: Ctx): Promise<KeyTotals> {
  const running = counting.get(ctx.db);
  if (running) return running;
  const started = countKeyTotals(ctx).finally(() => counting.delete(ctx.db));
  counting.set(ctx.db, started);
  return started;
}

/** Counts in batches by id. Keys that change meanwhile are counted as they were or as they are. */
async function countKeyTotals({ db, now }: Ctx): Promise<KeyTotals> {
  const nowMs = now();
  const counts = withAllTotals({});
  for (let after: string | null = ""; after !== null; ) {
    const upTo: string | null = await endOfBatch(db.read, after);
    const batch = await countBatch(db.read, { after, upTo }, nowMs);
    for (const [name, count] of Object.entries(batch)) counts[name as KeyTotal] += count;
    after = upTo;
    await yieldToEventLoop();
  }
  // The reported secrets are few: they are looked up once, not for each batch.
  for (const [name, filter] of FILTERS) {
    if ("leaked" in filter) counts[name] = await countMatching(db.read, whereAllKeys(db.read, filter, nowMs));
  }
  return counts;
}

const FILTERS = Object.entries(KEY_TOTALS) as [KeyTotal, AllKeysFilter][];

/** The last id of the batch after `after`; null if the batch is the last. */
async function endOfBatch({ q, t: { keys } }: Scope, after: string): Promise<string | null> {
  const [last] = await q
    .select({ id: keys.id })
    .from(keys)
    .where(gt(keys.id, after))
    .orderBy(asc(keys.id))
    .offset(KEYS_PER_QUERY - 1)
    .limit(1);
  return last?.id ?? null;
}

async function countBatch(
  scope: Scope,
  { after, upTo }: { after: string; upTo: string | null },
  nowMs: number,
): Promise<Record<string, number>> {
  const { q, t } = scope;
  const { keys, projects, secrets } = t;
  const filters = FILTERS.filter(([, filter]) => !("leaked" in filter));
  const isCounted = (filter: AllKeysFilter) =>
    countWhere(whereAllKeys(scope, filter, nowMs, { joinsSecret: true }));
  const [counted = {}] = await q
    .select(Object.fromEntries(filters.map(([name, filter]) => [name, isCounted(filter)])))
    .from(keys)
    .innerJoin(projects, and(eq(projects.id, keys.projectId), isNull(projects.deletedAt)))
    .leftJoin(secrets, and(eq(secrets.keyId, keys.id), isNull(secrets.overlapEndsAt)))
    .where(and(gt(keys.id, after), upTo === null ? undefined : lte(keys.id, upTo)));
  return counted;
}

async function countMatching({ q, t }: Scope, condition: SQL | undefined): Promise<number> {
  const { keys, projects } = t;
  const [row] = await q
    .select({ n: count() })
    .from(keys)
    .innerJoin(projects, and(eq(projects.id, keys.projectId), isNull(projects.deletedAt)))
    .where(condition);
  return row?.n ?? 0;
}
