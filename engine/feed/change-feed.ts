import type { Db } from "#db/open.ts";
import type { FeedGaps } from "#db/tables/audit.ts";
import { type Change, type FeedRow, PAGE, readFrom, readGaps, readInGaps, readNewest } from "./feed-rows.ts";
import { SequenceGaps } from "./sequence-gaps.ts";

/** A reader's position: the highest sequence number it has applied, and lower numbers it has not seen (yet). */
export interface FeedPosition {
  seq: number;
  gaps: FeedGaps;
}

interface FeedOptions {
  db: Db;
  /** Called with changes: drop cached facts about their subjects. */
  onChanges: (changes: Change[]) => void;
  /** Called when changes may have been missed: drop all cached facts. */
  onLost: () => void;
  /** Called when reads start to fail, and with null after the first that succeeds again. */
  onHealth?: (error: unknown | null) => void;
  /** Called with the position after the changes up to it were applied. */
  onApplied?: (position: FeedPosition) => void;
  /** Called after each successful read, when `confirmedAt` is updated. */
  onConfirmed?: () => void;
  /** Monotonic, ms. */
  clock?: () => number;
  /** Epoch ms. It continues while the machine sleeps, unlike the monotonic clock. */
  now?: () => number;
}

/** The feed is read at least this often, even if no wake-up arrives. */
const POLL_MS = 500;
/** Longer than any transaction can last (see `db/open.ts`). */
const GAP_TIMEOUT_MS = 300_000;
/** After this long without a read, everything is dropped. Much shorter than changes are kept (see `prune.ts`). */
const LOST_MS = 600_000;

/**
 * Follows the change feed. Sequence numbers are assigned before commit, so a lower one may appear after a higher one.
 * Skipped numbers are remembered and read again until no transaction can commit them.
 */
export class ChangeFeed {
  /** When (by `clock`) the last successful read began: everything committed before then is applied. */
  confirmedAt = Number.NEGATIVE_INFINITY;
  /** The time of the latest change (epoch ms), by the clock of the process that wrote it. */
  latestAt = Number.NEGATIVE_INFINITY;

  readonly #options: FeedOptions;
  readonly #clock: () => number;
  readonly #now: () => number;
  readonly #gaps = new SequenceGaps();
  /** The applied row with the highest number. It is read again each time, to detect a database restored from a backup. */
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

  /** The highest applied sequence number. */
  get appliedSeq(): number {
    return this.#newest?.seq ?? 0;
  }

  /** The applied row with the highest number; null while the feed is empty. */
  get newest(): FeedRow | null {
    return this.#newest;
  }

  /** The position. A number in a gap may be committed by now without being applied here yet. */
  get position(): FeedPosition {
    return { seq: this.appliedSeq, gaps: this.#gaps.all.map(({ first, last }) => [first, last]) };
  }

  /** Finds the position and reads once. Rejects if the database can't be read. */
  async start(): Promise<void> {
    await this.#moveToEnd();
    await this.#read();
    this.#timer = setInterval(() => this.wake(), POLL_MS);
    this.#timer.unref();
  }

  /** Something may have been committed: reads now, or again after the current read. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = this.#readAll().finally(() => {
      this.#reading = undefined;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#reading;
  }

  /** Moves to the end of the feed: a new reader has cached nothing, so only later commits matter. */
  async #moveToEnd(): Promise<void> {
    const noticedAt = this.#clock();
    const { row, latestAt } = await readNewest(this.#options.db);
    const skipped = row ? await readGaps(this.#options.db, row.seq) : [];
    this.#gaps.clear();
    for (const gap of skipped) this.#gaps.add({ ...gap, noticedAt });
    this.#newest = row;
    this.latestAt = Math.max(this.latestAt, latestAt);
  }

  async #readAll(): Promise<void> {
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
      const ahead = await readFrom(this.#options.db, this.appliedSeq);
      const more = ahead.length === PAGE;
      if (this.#newest && !isSame(ahead.shift(), this.#newest)) {
        // The row was pruned, or the database was restored to an older state and assigns the same numbers again.
        await this.#moveToEnd();
        this.#options.onLost();
        continue;
      }
      // Nothing shows whether an empty feed belongs to the same database as before: it may have been restored.
      if (this.#newest === null && ahead.length > 0) this.#options.onLost();
      const late = await readInGaps(this.#options.db, this.#gaps.all);
      if (startedAt - this.confirmedAt > LOST_MS || startedNow - this.#confirmedNow > LOST_MS)
        this.#options.onLost();
      this.#apply(late, ahead, startedAt);
      this.#gaps.forgetBefore(startedAt - GAP_TIMEOUT_MS);
      if (!more && late.length < PAGE) {
        [this.confirmedAt, this.#confirmedNow] = [startedAt, startedNow];
        this.#options.onConfirmed?.();
        return;
      }
    }
  }

  #apply(late: FeedRow[], ahead: FeedRow[], startedAt: number): void {
    const rows = [...late, ...ahead];
    if (rows.length === 0) return;
    for (const { seq } of late) this.#gaps.fill(seq);
    for (const row of ahead) {
      this.#gaps.add({ first: this.appliedSeq + 1, last: row.seq - 1, noticedAt: startedAt });
      this.#newest = row;
    }
    for (const { at } of rows) this.latestAt = Math.max(this.latestAt, at);
    this.#options.onChanges(rows);
    this.#options.onApplied?.(this.position);
  }
}

function isSame(row: FeedRow | undefined, position: FeedRow): boolean {
  return row?.seq === position.seq && row.subject === position.subject && row.at === position.at;
}
