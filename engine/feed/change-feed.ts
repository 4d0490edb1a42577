import type { Db } from "#db/open.ts";
import type { FeedGaps } from "#db/tables/audit.ts";
import { type Change, type FeedRow, PAGE, readFrom, readHoles, readIn, readNewest } from "./feed-rows.ts";
import { Gaps } from "./gaps.ts";

export type { Change } from "./feed-rows.ts";

/** How far a reader is: the highest number that it has applied, and those below that it has not met (yet). */
export interface FeedPlace {
  seq: number;
  gaps: FeedGaps;
}

interface FeedOptions {
  db: Db;
  /** Forget what you know of these. */
  onChanges: (changes: Change[]) => void;
  /** Changes may have been missed: forget everything. */
  onLost: () => void;
  /** Told when reads begin to fail, and of the first good one after (null). */
  onHealth?: (error: unknown | null) => void;
  /** Told how far it is, once what was changed up to there is forgotten. */
  onApplied?: (place: FeedPlace) => void;
  /** Monotonic, ms. */
  clock?: () => number;
  /** Epoch ms: it goes on while the machine sleeps, which the monotonic clock doesn't. */
  now?: () => number;
}

/** Read at least this often, whatever happened to the wake-ups. */
const POLL_MS = 500;
/** Longer than any transaction of ours lives (see `db/open.ts`). */
const GAP_LIFE_MS = 300_000;
/** Longer without a read than any change is kept for certain (see `prune.ts`). */
const LOST_MS = 600_000;

/**
 * Follows the change feed. Sequence numbers are handed out before commit, so a lower one may appear after a
 * higher: numbers that were skipped are remembered and asked for again until no transaction can hold them.
 */
export class ChangeFeed {
  /** When (clock) the last good read began: everything committed before then is known here. */
  confirmedAt = Number.NEGATIVE_INFINITY;
  /** The latest instant (epoch ms) at which something was changed, by the clock of who changed it. */
  latestAt = Number.NEGATIVE_INFINITY;

  readonly #options: FeedOptions;
  readonly #clock: () => number;
  readonly #now: () => number;
  readonly #gaps = new Gaps();
  /** The row with the highest number that was applied. Read again each time: it tells whose feed this is. */
  #newest: FeedRow | null = null;
  #confirmedNow = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #failing = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
    this.#now = options.now ?? Date.now;
  }

  /** The highest sequence number that was applied. */
  get position(): number {
    return this.#newest?.seq ?? 0;
  }

  /** How far it is. A number that is in a gap may be committed by now, and then it was not applied here yet. */
  get place(): FeedPlace {
    return { seq: this.position, gaps: this.#gaps.all.map(({ first, last }) => [first, last]) };
  }

  /** Finds its place and reads once. Throws when the database can't be read. */
  async start(): Promise<void> {
    await this.#findPlace();
    await this.#read();
    this.#timer = setInterval(() => this.wake(), POLL_MS);
    this.#timer.unref();
  }

  /** Something may have been committed: reads now, or again after the reading that is under way. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = this.#readUntilQuiet().finally(() => {
      this.#reading = undefined;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#reading;
  }

  /** Whoever begins knows nothing yet: only what is committed from now on matters. */
  async #findPlace(): Promise<void> {
    const noticedAt = this.#clock();
    const { row, latestAt } = await readNewest(this.#options.db);
    const holes = row ? await readHoles(this.#options.db, row.seq) : [];
    this.#gaps.clear();
    for (const hole of holes) this.#gaps.add({ ...hole, noticedAt });
    this.#newest = row;
    this.latestAt = Math.max(this.latestAt, latestAt);
  }

  async #readUntilQuiet(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#read();
        if (this.#failing) this.#options.onHealth?.(null);
        this.#failing = false;
      } catch (error) {
        if (!this.#failing) this.#options.onHealth?.(error);
        this.#failing = true;
        return;
      }
    } while (this.#again && !this.#stopped);
  }

  async #read(): Promise<void> {
    for (;;) {
      const [startedAt, startedNow] = [this.#clock(), this.#now()];
      const ahead = await readFrom(this.#options.db, this.position);
      const more = ahead.length === PAGE;
      if (this.#newest && !isSame(ahead.shift(), this.#newest)) {
        // Pruned, or not the database that it was: one set back to an older state gives numbers out again.
        await this.#findPlace();
        this.#options.onLost();
        continue;
      }
      const late = await readIn(this.#options.db, this.#gaps.all);
      if (startedAt - this.confirmedAt > LOST_MS || startedNow - this.#confirmedNow > LOST_MS)
        this.#options.onLost();
      this.#apply(late, ahead, startedAt);
      this.#gaps.forgetBefore(startedAt - GAP_LIFE_MS);
      if (!more && late.length < PAGE) {
        [this.confirmedAt, this.#confirmedNow] = [startedAt, startedNow];
        return;
      }
    }
  }

  #apply(late: FeedRow[], ahead: FeedRow[], startedAt: number): void {
    const rows = [...late, ...ahead];
    if (rows.length === 0) return;
    for (const { seq } of late) this.#gaps.fill(seq);
    for (const row of ahead) {
      this.#gaps.add({ first: this.position + 1, last: row.seq - 1, noticedAt: startedAt });
      this.#newest = row;
    }
    for (const { at } of rows) this.latestAt = Math.max(this.latestAt, at);
    this.#options.onChanges(rows);
    this.#options.onApplied?.(this.place);
  }
}

function isSame(row: FeedRow | undefined, place: FeedRow): boolean {
  return row?.seq === place.seq && row.subject === place.subject && row.at === place.at;
}
