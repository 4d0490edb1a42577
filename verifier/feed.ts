import { asc, desc, gt, inArray, or } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { ChangeKind } from "#db/tables/traces.ts";

export interface Change {
  kind: ChangeKind;
  /** The id of what changed. */
  subject: string;
}

interface FeedOptions {
  db: Db;
  /** Forget what you know of these. */
  onChanges: (changes: Change[]) => void;
  /** Changes may have been missed, because they are kept only so long: forget everything. */
  onLost: () => void;
  /** Told when reads begin to fail, and of the first good one after (null). */
  onHealth?: (error: unknown | null) => void;
  /** Told of the highest number, once what was changed up to it is forgotten. */
  onApplied?: (position: number) => void;
  /** Monotonic, ms. */
  clock?: () => number;
  /** Epoch ms: it goes on while the machine sleeps, which the monotonic clock doesn't. */
  now?: () => number;
}

/** Read at least this often, whatever happened to the wake-ups. */
const POLL_MS = 500;
const PAGE = 1_000;
/** How far behind the newest change a new reader begins: transactions begun before it may commit after. */
const LOOK_BACK = 1_000;
/** Longer than any transaction of ours lives (see `db/open.ts`). */
const GAP_LIFE_MS = 300_000;
/** Longer without a read than any change is kept for certain (see `prune.ts`). */
const LOST_MS = 600_000;

/**
 * Follows the change feed. Sequence numbers are handed out before commit, so a lower one may appear after a
 * higher: numbers that were skipped are remembered and asked for again until no transaction can hold them.
 */
export class ChangeFeed {
  /** The highest sequence number that was applied. */
  position = 0;
  /** When (clock) the last good read began: everything committed before then is known here. */
  confirmedAt = Number.NEGATIVE_INFINITY;
  /** The latest instant (epoch ms) at which something was changed, by the clock of who changed it. */
  latestAt = Number.NEGATIVE_INFINITY;

  readonly #options: FeedOptions;
  readonly #clock: () => number;
  readonly #now: () => number;
  #confirmedNow = Number.NEGATIVE_INFINITY;
  /** Skipped numbers, and when (clock) each was noticed. */
  readonly #gaps = new Map<number, number>();
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

  /** Finds its place and reads once. Throws when the database can't be read. */
  async start(): Promise<void> {
    const { q, t } = this.#options.db.read;
    const [newest] = await q
      .select({ seq: t.changes.seq })
      .from(t.changes)
      .orderBy(desc(t.changes.seq))
      .limit(1);
    this.position = Math.max(0, (newest?.seq ?? 0) - LOOK_BACK);
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
      const { q, t } = this.#options.db.read;
      const { changes } = t;
      const missing = [...this.#gaps.keys()];
      const rows = await q
        .select({ seq: changes.seq, kind: changes.kind, subject: changes.subject, at: changes.at })
        .from(changes)
        .where(
          or(gt(changes.seq, this.position), missing.length > 0 ? inArray(changes.seq, missing) : undefined),
        )
        .orderBy(asc(changes.seq))
        .limit(PAGE);
      for (const { seq, at } of rows) {
        this.#note(seq, startedAt);
        this.latestAt = Math.max(this.latestAt, at);
      }
      if (startedAt - this.confirmedAt > LOST_MS || startedNow - this.#confirmedNow > LOST_MS)
        this.#options.onLost();
      if (rows.length > 0) {
        this.#options.onChanges(rows);
        this.#options.onApplied?.(this.position);
      }
      for (const [seq, noticedAt] of this.#gaps) {
        if (startedAt - noticedAt > GAP_LIFE_MS) this.#gaps.delete(seq);
      }
      if (rows.length < PAGE) {
        [this.confirmedAt, this.#confirmedNow] = [startedAt, startedNow];
        return;
      }
    }
  }

  #note(seq: number, startedAt: number): void {
    if (this.#gaps.delete(seq)) return;
    for (let skipped = Math.max(this.position + 1, seq - LOOK_BACK); skipped < seq; skipped++) {
      this.#gaps.set(skipped, startedAt);
    }
    this.position = seq;
  }
}
