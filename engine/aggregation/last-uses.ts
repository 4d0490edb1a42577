import type { Db } from "#db/open.ts";
import { PARTS, partOf } from "./parts.ts";
import { storeLastUses } from "./store-usage.ts";
import type { LastUse } from "./usage-rows.ts";

/** So many are stored in each cycle. Of more, each one is stored once a minute. */
const FEW = 200;
/** How far a stored last use may be behind while its key is in use, ms. */
const STORE_EVERY_MS = 60_000;
/** Maximum number of ids whose time is remembered, so that memory is bounded. Further ones are stored in each cycle. */
const MAX_REMEMBERED = 200_000;
const ROWS_PER_TRANSACTION = 5_000;

/** What was used last when, by id. */
interface Uses {
  keyUses: readonly LastUse[];
  secretUses: readonly LastUse[];
}

/**
 * Stores the last uses of keys and secrets. Storing one writes its whole row and an index, and a key in use is used
 * again in each cycle. So if there are many, each waits until the stored use is a minute old. If the process is
 * killed, what waits is lost: the stored last use is up to a minute too early.
 */
export class LastUses {
  readonly #keys: WaitingUses;
  readonly #secrets: WaitingUses;

  constructor({ few = FEW } = {}) {
    this.#keys = new WaitingUses(few);
    this.#secrets = new WaitingUses(few);
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
  readonly #waiting = new Map<string, number>();
  /** When those of the last minute were stored, epoch ms. */
  readonly #storedAt = new Map<string, number>();
  #sweptAt = 0;

  constructor(few: number) {
    this.#few = few;
  }

  add(uses: readonly LastUse[]): void {
    for (const [id, atMs] of uses) this.#waiting.set(id, Math.max(atMs, this.#waiting.get(id) ?? 0));
  }

  due(nowMs: number): LastUse[] {
    if (this.#waiting.size <= this.#few) return this.all();
    return inOrder([...this.#waiting].filter(([id]) => isOver(this.#storedAt.get(id), nowMs)));
  }

  all(): LastUse[] {
    return inOrder([...this.#waiting]);
  }

  stored(uses: readonly LastUse[], nowMs: number): void {
    if (isOver(this.#sweptAt, nowMs)) this.#sweep(nowMs);
    for (const [id] of uses) {
      this.#waiting.delete(id);
      const isKnown = this.#storedAt.has(id);
      if (!isKnown && this.#storedAt.size >= MAX_REMEMBERED) continue;
      // Those that were stored together for the first time are spread over the minute.
      const spreadMs = isKnown ? 0 : (partOf(id) * STORE_EVERY_MS) / PARTS;
      this.#storedAt.set(id, nowMs - spreadMs);
    }
  }

  #sweep(nowMs: number): void {
    this.#sweptAt = nowMs;
    for (const [id, atMs] of this.#storedAt) if (isOver(atMs, nowMs)) this.#storedAt.delete(id);
  }
}

/** The same order in every verifier, so that two that update them can't deadlock. */
function inOrder(uses: LastUse[]): LastUse[] {
  return uses.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Also true if the clock was set back. */
function isOver(sinceMs: number | undefined, nowMs: number): boolean {
  return sinceMs === undefined || Math.abs(nowMs - sinceMs) >= STORE_EVERY_MS;
}
