import { sql } from "drizzle-orm";
import type { Db } from "#db/open.ts";

/** The database is queried at most this often. */
const FRESH_MS = 1_000;
/** A database that takes longer counts as unavailable. */
const TIMEOUT_MS = 2_000;

interface ProbeOptions {
  /** Monotonic, ms. */
  clock?: () => number;
  timeoutMs?: number;
}

/** Whether the database answers. One query a second at most, however many requests ask. */
export class DatabaseProbe {
  readonly #ask: () => Promise<unknown>;
  readonly #clock: () => number;
  readonly #timeoutMs: number;
  #askedAt = Number.NEGATIVE_INFINITY;
  #answer: Promise<boolean> = Promise.resolve(true);

  constructor(
    ask: () => Promise<unknown>,
    { clock = () => performance.now(), timeoutMs = TIMEOUT_MS }: ProbeOptions = {},
  ) {
    this.#ask = ask;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  isAvailable(): Promise<boolean> {
    if (this.#clock() - this.#askedAt < FRESH_MS) return this.#answer;
    this.#askedAt = this.#clock();
    this.#answer = this.#probe();
    return this.#answer;
  }

  async #probe(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), this.#timeoutMs);
    });
    const succeeded = this.#ask().then(
      () => true,
      () => false,
    );
    return Promise.race([succeeded, late]).finally(() => clearTimeout(timer));
  }
}

/** A probe of an open database. Pass a separate pool, because pages may use all connections of their pool. */
export function databaseProbe(db: Db): DatabaseProbe {
  const one = sql<number>`1`;
  return new DatabaseProbe(async () => db.read.q.select({ one }).from(sql`(select 1) as probe`));
}
