import { asc, gte } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { LimitShare } from "./shared.ts";

/** `limits` in the heartbeat of a verifier that counts in Redis. */
export const IN_REDIS = "redis";

/** A verifier on another machine is considered gone after this long without a heartbeat. */
const SILENT_MS = 10_000;
/** After this long without reading heartbeats, it is unknown which verifiers sent one in the meantime. */
const GAP_MS = 5_000;
/** For so long after its start, a verifier may wait until all others have counted. */
const STARTING_MS = 15_000;
/** The first cycle that completes may have begun before the wait; the second can't have. */
const REQUIRED_CYCLES = 2;

/** A wait until all verifiers have counted what they answered, with each one's number of cycles at the start. */
interface Wait {
  done: PromiseWithResolvers<void>;
  /** Null until the others can see this verifier's heartbeat, and so account for its share. */
  before: Map<string, number> | null;
}

/** Tracks the live verifiers by their heartbeats: which of them share limits with this one, and how. */
export class Peers {
  readonly #db: Db;
  readonly #self: { id: string; limits: string };
  readonly #staleMaxMs: number;
  readonly #now: () => number;
  #share: LimitShare = { rank: 0, of: 1 };
  #elsewhere = false;
  #isStarting = false;
  #wait: Wait | null = null;
  #readAt: number | null = null;
  /** The last time that the database was unavailable: from the last read before it to the first after it. */
  #gap = { from: 0, to: 0 };

  constructor(
    db: Db,
    self: { id: string; limits: string },
    staleMaxSeconds: number,
    now: () => number = Date.now,
  ) {
    this.#db = db;
    this.#self = self;
    this.#staleMaxMs = staleMaxSeconds * 1_000;
    this.#now = now;
  }

  /** This verifier's share of every limit while Redis is unavailable. */
  get share(): LimitShare {
    return this.#share;
  }

  /** Whether limits are counted somewhere that this verifier can't reach. */
  get elsewhere(): boolean {
    return this.#elsewhere;
  }

  /**
   * Resolves when each live verifier has counted what it had answered before this call. Verifiers without a heartbeat
   * for ten seconds are not waited for. Earlier callers that still wait also wait for this.
   */
  counted(): Promise<void> {
    this.#wait = { done: this.#wait?.done ?? Promise.withResolvers(), before: null };
    return this.#wait.done.promise;
  }

  /** Whether a caller waits for the next `refresh`. */
  get isAwaited(): boolean {
    return this.#wait !== null;
  }

  /** Whether this verifier, or another that has just started, waits until all have counted: keys with limits get no verdict. */
  get needCounts(): boolean {
    return this.isAwaited || this.#isStarting;
  }

  /** Reads the heartbeats. If the database is unavailable, this rejects and the known state is kept. */
  async refresh(): Promise<void> {
    const wait = this.#wait;
    const { q, t } = this.#db.read;
    const now = this.#now();
    const expectedUntil = this.#heartbeatsExpectedUntil(now);
    const rows = await q
      .select({
        id: t.verifiers.id,
        limits: t.verifiers.limits,
        startedAt: t.verifiers.startedAt,
        lastSeenAt: t.verifiers.lastSeenAt,
        cycles: t.verifiers.aggregationCycles,
      })
      .from(t.verifiers)
      .where(gte(t.verifiers.lastSeenAt, expectedUntil - Math.max(SILENT_MS, this.#staleMaxMs)))
      .orderBy(asc(t.verifiers.startedAt), asc(t.verifiers.id));
    this.#readAt = now;
    const others = rows.filter(({ id, limits }) => id !== this.#self.id && limits !== "");
    // A verifier that lost the database may answer from its cache for this long, and uses its share.
    const counting = [...others, this.#self].map(({ id }) => id).sort();
    this.#share = { rank: counting.indexOf(this.#self.id), of: counting.length };
    const alive = rows.filter((row) => row.lastSeenAt >= expectedUntil - SILENT_MS);
    this.#elsewhere = this.#isElsewhere(alive);
    this.#isStarting = alive.some(
      ({ id, startedAt }) => id !== this.#self.id && Math.abs(now - startedAt) < STARTING_MS,
    );
    // A wait that began during the read needs newer heartbeats.
    if (wait === null || wait !== this.#wait || !this.#isOver(wait, alive)) return;
    this.#wait = null;
    wait.done.resolve();
  }

  /** Until when heartbeats were expected: not during an outage of the database or until all could recover from it. */
  #heartbeatsExpectedUntil(now: number): number {
    if (this.#readAt !== null && now - this.#readAt > GAP_MS) this.#gap = { from: this.#readAt, to: now };
    const isJustBack = now >= this.#gap.to && now - this.#gap.to < SILENT_MS;
    return isJustBack ? this.#gap.from : now;
  }

  #isOver(wait: Wait, alive: { id: string; cycles: number }[]): boolean {
    const cycles = new Map(alive.map((row) => [row.id, row.cycles]));
    if (!cycles.delete(this.#self.id) && wait.before === null) return false;
    wait.before ??= cycles;
    return [...wait.before].every(
      ([id, before]) => (cycles.get(id) ?? Number.POSITIVE_INFINITY) >= before + REQUIRED_CYCLES,
    );
  }

  /** Redis takes precedence. Otherwise the data directory of the verifier that started first counts. */
  #isElsewhere(alive: { id: string; limits: string }[]): boolean {
    if (this.#self.limits === IN_REDIS) return false;
    const counting = alive.map(({ limits }) => limits).filter((limits) => limits !== "");
    const [first = this.#self.limits] = counting.includes(IN_REDIS) ? [IN_REDIS] : counting;
    return first !== this.#self.limits;
  }
}
