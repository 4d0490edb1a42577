import { asc, gte } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { Part } from "./shared.ts";

/** Stands in a heartbeat for one who counts in Redis. */
export const IN_REDIS = "redis";

/** Without a heartbeat for so long, another machine's verifier counts no more. */
const SILENT_MS = 10_000;
/** Who could not read for so long can't tell who was silent meanwhile. */
const GAP_MS = 5_000;
/** The first round that somebody ends may have begun before it is waited for; the next has not. */
const ROUNDS_AFTERWARDS = 2;

/** Waits for verifiers to have counted what they answered: of each, how often it had when that began. */
interface Wait {
  done: PromiseWithResolvers<void>;
  /** Null until this one is seen by the others: by then they know that it takes its part. */
  before: Map<string, number> | null;
}

/** The verifiers that answer now, as their heartbeats tell: who shares limits with this one, and how. */
export class Peers {
  readonly #db: Db;
  readonly #self: { id: string; limits: string };
  readonly #staleMaxMs: number;
  readonly #now: () => number;
  #part: Part = { rank: 0, of: 1 };
  #elsewhere = false;
  #wait: Wait | null = null;
  #readAt: number | null = null;
  /** The last time that the database was away: from the last reading before it to the first after it. */
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

  /** Which part of every limit is this one's own, while all count alone. */
  get part(): Part {
    return this.#part;
  }

  /** Whether limits are counted where this one does not see them. */
  get elsewhere(): boolean {
    return this.#elsewhere;
  }

  /**
   * Resolves when each of the others that answers has counted what it had answered until now. One that is
   * silent for ten seconds is not waited for. Whoever waits already waits for this as well.
   */
  counted(): Promise<void> {
    this.#wait = { done: this.#wait?.done ?? Promise.withResolvers(), before: null };
    return this.#wait.done.promise;
  }

  /** Whether somebody waits for what the next `refresh` finds. */
  get isAwaited(): boolean {
    return this.#wait !== null;
  }

  /** Reads the heartbeats. What was known stays when the database is away. */
  async refresh(): Promise<void> {
    const wait = this.#wait;
    const { q, t } = this.#db.read;
    const now = this.#now();
    const heardUntil = this.#heardUntil(now);
    const rows = await q
      .select({
        id: t.verifiers.id,
        limits: t.verifiers.limits,
        lastSeenAt: t.verifiers.lastSeenAt,
        rounds: t.verifiers.aggregationCycles,
      })
      .from(t.verifiers)
      .where(gte(t.verifiers.lastSeenAt, heardUntil - Math.max(SILENT_MS, this.#staleMaxMs)))
      .orderBy(asc(t.verifiers.startedAt), asc(t.verifiers.id));
    this.#readAt = now;
    const others = rows.filter(({ id, limits }) => id !== this.#self.id && limits !== "");
    // One that lost the database may answer for so long, with its part.
    const counting = [...others, this.#self].map(({ id }) => id).sort();
    this.#part = { rank: counting.indexOf(this.#self.id), of: counting.length };
    const alive = rows.filter((row) => row.lastSeenAt >= heardUntil - SILENT_MS);
    this.#elsewhere = this.#isElsewhere(alive);
    // What was asked for while they were read may be later than they are.
    if (wait === null || wait !== this.#wait || !this.#isOver(wait, alive)) return;
    this.#wait = null;
    wait.done.resolve();
  }

  /** Until when others' silence means something: not while the database was away, nor until all can have said so. */
  #heardUntil(now: number): number {
    if (this.#readAt !== null && now - this.#readAt > GAP_MS) this.#gap = { from: this.#readAt, to: now };
    const isJustBack = now >= this.#gap.to && now - this.#gap.to < SILENT_MS;
    return isJustBack ? this.#gap.from : now;
  }

  #isOver(wait: Wait, alive: { id: string; rounds: number }[]): boolean {
    const rounds = new Map(alive.map((row) => [row.id, row.rounds]));
    if (!rounds.delete(this.#self.id) && wait.before === null) return false;
    wait.before ??= rounds;
    return [...wait.before].every(
      ([id, before]) => (rounds.get(id) ?? Number.POSITIVE_INFINITY) >= before + ROUNDS_AFTERWARDS,
    );
  }

  /** Whoever counts in Redis is the one to count; else the first that is there, with its data directory. */
  #isElsewhere(alive: { id: string; limits: string }[]): boolean {
    if (this.#self.limits === IN_REDIS) return false;
    const places = alive.map(({ limits }) => limits).filter((place) => place !== "");
    const [first = this.#self.limits] = places.includes(IN_REDIS) ? [IN_REDIS] : places;
    return first !== this.#self.limits;
  }
}
