import { asc, gte } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { Part } from "./shared.ts";

/** Stands in a heartbeat for one who counts in Redis. */
export const IN_REDIS = "redis";

/** Without a heartbeat for so long, another machine's verifier counts no more. */
const SILENT_MS = 10_000;

/** The verifiers that answer now, as their heartbeats tell: who shares limits with this one, and how. */
export class Peers {
  readonly #db: Db;
  readonly #self: { id: string; limits: string };
  readonly #staleMaxMs: number;
  readonly #now: () => number;
  #part: Part = { rank: 0, of: 1 };
  #elsewhere = false;

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

  /** Reads the heartbeats. What was known stays when the database is away. */
  async refresh(): Promise<void> {
    const { q, t } = this.#db.read;
    const now = this.#now();
    const silentSince = now - Math.max(SILENT_MS, this.#staleMaxMs);
    const rows = await q
      .select({ id: t.verifiers.id, limits: t.verifiers.limits, lastSeenAt: t.verifiers.lastSeenAt })
      .from(t.verifiers)
      .where(gte(t.verifiers.lastSeenAt, silentSince))
      .orderBy(asc(t.verifiers.startedAt), asc(t.verifiers.id));
    const others = rows.filter(({ id, limits }) => id !== this.#self.id && limits !== "");
    // One that lost the database may answer for so long, with its part.
    const counting = [...others, this.#self].map(({ id }) => id).sort();
    this.#part = { rank: counting.indexOf(this.#self.id), of: counting.length };
    this.#elsewhere = this.#isElsewhere(rows.filter((row) => row.lastSeenAt >= now - SILENT_MS));
  }

  /** Whoever counts in Redis is the one to count; else the first that is there, with its data directory. */
  #isElsewhere(alive: { id: string; limits: string }[]): boolean {
    if (this.#self.limits === IN_REDIS) return false;
    const places = alive.map(({ limits }) => limits).filter((place) => place !== "");
    const [first = this.#self.limits] = places.includes(IN_REDIS) ? [IN_REDIS] : places;
    return first !== this.#self.limits;
  }
}
