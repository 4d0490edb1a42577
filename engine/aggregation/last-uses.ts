import type { Db } from "#db/open.ts";
import { fnv1a } from "./key-shards.ts";
import { storeLastUses } from "./store-usage.ts";
import type { LastUse } from "./usage-rows.ts";

/** So many are stored in each cycle. Of more, each one is stored once in an interval. */
const FEW = 200;
/** How far a stored last use may be behind while its key is in use, ms. */
const MIN_INTERVAL_MS = 60_000;
/**
 * Above this many a second on average, the interval is doubled: 2 minutes for more than 15,000 keys in use, 8 minutes for
 * 100,000. Otherwise storing their last uses would take a tenth of the time of counting their requests.
 */
const MAX_PER_SECOND = 250;
/** Each id has a moment in an interval, which is chosen from so many seconds. */
const MOMENTS = (MIN_INTERVAL_MS / 1_000) * 1_024;
/** Of ids that share a slot, each is stored whenever another was stored last: one in forty of 100,000. */
const SLOTS = 2 ** 22;
const ROWS_PER_TRANSACTION = 5_000;

/** What was used last when, by id. */
interface Uses {
  keyUses: readonly LastUse[];
  secretUses: readonly LastUse[];
}

/**
 * Stores the last uses of keys and secrets. Storing one writes its whole row and an index, and a key in use is used
 * again in each cycle. So if there are many, each waits until the stored use is an interval old. If the process is
 * killed, what waits is lost: the stored last use is up to an interval too early.
 */
export class LastUses {
  readonly #keys: WaitingUses;
  readonly #secrets: WaitingUses;

  constructor({ few = FEW, maxPerSecond = MAX_PER_SECOND, slots = SLOTS } = {}) {
    this.#keys = new WaitingUses(few, maxPerSecond, slots);
    this.#secrets = new WaitingUses(few, maxPerSecond, slots);
  }

  /** Adds uses, and stores those that are due. They may be added again. */
  async add(db: Db, { keyUses, secretUses }: Uses, nowMs: number): Promise<void> {
    this.#keys.add(keyUses);
    this.#secrets.add(secretUses);
    await this.storeDue(db, nowMs);
  }

  async storeDue(db: Db, nowMs: number): Promise<void> {
    await this.#store(db, this.#keys.due(nowMs), this.#secrets.due(nowMs), nowMs);
  }

  async storeAll(db: Db, nowMs: number): Promise<void> {
    await this.#store(db, this.#keys.all(), this.#secrets.all(), nowMs);
  }

  async #store(db: Db, keys: LastUse[], secrets: LastUse[], nowMs: number): Promise<void> {
    for (let at = 0; at < Math.max(keys.length, secrets.length); at += ROWS_PER_TRANSACTION) {
      const end = at + ROWS_PER_TRANSACTION;
      const [someKeys, someSecrets] = [keys.slice(at, end), secrets.slice(at, end)];
      await db.write((tx) => storeLastUses(tx, someKeys, someSecrets));
      this.#keys.stored(someKeys, nowMs);
      this.#secrets.stored(someSecrets, nowMs);
    }
  }
}

/** Those of one table. */
class WaitingUses {
  readonly #few: number;
  readonly #maxPerSecond: number;
  readonly #waiting = new Map<string, number>();
  /** For each slot the hash of the id that was stored last, and when: seconds since the epoch; 0 for never. */
  readonly #storedHash: Uint32Array;
  readonly #storedAt: Uint32Array;

  constructor(few: number, maxPerSecond: number, slots: number) {
    this.#few = few;
    this.#maxPerSecond = maxPerSecond;
    this.#storedHash = new Uint32Array(slots);
    this.#storedAt = new Uint32Array(slots);
  }

  add(uses: readonly LastUse[]): void {
    for (const [id, atMs] of uses) this.#waiting.set(id, Math.max(atMs, this.#waiting.get(id) ?? 0));
  }

  due(nowMs: number): LastUse[] {
    if (this.#waiting.size <= this.#few) return this.all();
    const intervalMs = this.#intervalMs;
    return inOrder([...this.#waiting].filter(([id]) => this.#isDue(fnv1a(id), nowMs, intervalMs)));
  }

  all(): LastUse[] {
    return inOrder([...this.#waiting]);
  }

  stored(uses: readonly LastUse[], nowMs: number): void {
    for (const [id] of uses) {
      this.#waiting.delete(id);
      const hash = fnv1a(id);
      const slot = this.#slotOf(hash);
      this.#storedHash[slot] = hash;
      this.#storedAt[slot] = nowMs / 1_000;
    }
  }

  #slotOf(hash: number): number {
    return hash % this.#storedAt.length;
  }

  /** A key in use is used again soon after its last use is stored. So those that wait are all that are in use. */
  get #intervalMs(): number {
    let intervalMs = MIN_INTERVAL_MS;
    while ((this.#waiting.size / intervalMs) * 1_000 > this.#maxPerSecond) intervalMs *= 2;
    return intervalMs;
  }

  /**
   * Whether the moment of an id has passed since its last use was stored, or it is not known to be stored. A longer
   * interval leaves out moments of a shorter one. Also true if the clock was set back.
   */
  #isDue(hash: number, nowMs: number, intervalMs: number): boolean {
    const slot = this.#slotOf(hash);
    const storedAt = this.#storedHash[slot] === hash ? (this.#storedAt[slot] ?? 0) : 0;
    const offsetMs = (hash % MOMENTS) * 1_000;
    const interval = (atMs: number) => Math.floor((atMs + offsetMs) / intervalMs);
    return storedAt === 0 || interval(storedAt * 1_000) !== interval(nowMs);
  }
}

/** The same order in every verifier, so that two that update them can't deadlock. */
function inOrder(uses: LastUse[]): LastUse[] {
  return uses.sort(([a], [b]) => (a < b ? -1 : 1));
}
