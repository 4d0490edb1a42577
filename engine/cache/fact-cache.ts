import { LRUCache } from "lru-cache";
import { leastRecent } from "#platform/least-recent.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import { KeysBySubject } from "./keys-by-subject.ts";

interface CacheOptions<Value extends object> {
  /** Maximum number of entries; the least recently used is dropped first. */
  max: number;
  /** Maximum number of absent entries, counted separately: invalid keys must not evict existing ones. */
  maxAbsent: number;
  /** The memory for all entries, bytes. The least recently used is dropped first; a larger entry is not kept. */
  maxBytes: number;
  /** The approximate size of an entry, bytes. */
  bytesOf: (value: Value) => number;
  /** Reads the database; null for what does not exist, which is cached too. */
  load: (key: string) => Promise<Value | null>;
  /** The ids of the value's subjects: a change of one makes the value stale. */
  subjectsOf: (value: Value) => readonly string[];
  /** Called when an entry is dropped. */
  onDrop?: (key: string) => void;
}

interface PendingRead<Value> {
  result: Promise<Value | null>;
  /** What changed during the read: the result may be older. */
  changed: Set<string>;
  cleared: boolean;
  /** What did not exist may exist now. */
  mayExist: boolean;
}

const MAX_TRIES = 5;

/**
 * Facts by key, dropped when their subject changes. Concurrent requests for one key share a read. A read that began
 * before a change of its subject is repeated.
 */
export class FactCache<Value extends object> {
  readonly #options: CacheOptions<Value>;
  readonly #entries: LRUCache<string, Value>;
  readonly #absent: LRUCache<string, true>;
  readonly #keysOf = new KeysBySubject();
  readonly #reads = new Map<string, PendingRead<Value>>();
  /**
   * The most recently used entry, if that is known: many checks are about the same API and service as the one before.
   */
  #latest: Value | null = null;
  #latestKey = "";
  /** Look-ups answered from memory, and those that waited for the database. */
  hits = 0;
  misses = 0;
  /** Reads of the database. */
  fills = 0;

  constructor(options: CacheOptions<Value>) {
    this.#options = options;
    // Without the library's `max`, which would allocate memory for all entries at once.
    this.#entries = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: (value) => Math.ceil(options.bytesOf(value)),
      dispose: (value, key) => {
        if (this.#latest === value) this.#latest = null;
        for (const subject of options.subjectsOf(value)) this.#keysOf.delete(subject, key);
        options.onDrop?.(key);
      },
    });
    this.#absent = leastRecent(options.maxAbsent);
  }

  /** The approximate memory of all entries, bytes. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  get size(): number {
    return this.#entries.size + this.#absent.size;
  }

  /** The value if it is cached, else a promise. Rejects with `VerdictUnavailable` if the database can't be read. */
  get(key: string): Value | null | Promise<Value | null> {
    if (this.#latest !== null && this.#latestKey === key) {
      this.hits++;
      return this.#latest;
    }
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.hits++;
      this.#latest = known;
      this.#latestKey = key;
      return known;
    }
    if (this.#absent.get(key)) {
      this.hits++;
      return null;
    }
    this.misses++;
    return this.#reads.get(key)?.result ?? this.#startRead(key);
  }

  /** Drops all entries about `subject`, also from reads in progress. */
  invalidate(subject: string): void {
    for (const read of this.#reads.values()) read.changed.add(subject);
    for (const key of this.#keysOf.of(subject)) this.#entries.delete(key);
  }

  /** Forgets what did not exist, also in reads in progress. */
  clearAbsent(): void {
    for (const read of this.#reads.values()) read.mayExist = true;
    this.#absent.clear();
  }

  /** Forgets that `key` did not exist. */
  forgetAbsent(key: string): void {
    this.#absent.delete(key);
  }

  clear(): void {
    for (const read of this.#reads.values()) read.cleared = true;
    this.#entries.clear();
    this.#absent.clear();
    this.#keysOf.clear();
  }

  #startRead(key: string): Promise<Value | null> {
    const read: PendingRead<Value> = {
      result: Promise.resolve(null),
      changed: new Set(),
      cleared: false,
      mayExist: false,
    };
    read.result = this.#load(key, read).finally(() => this.#reads.delete(key));
    this.#reads.set(key, read);
    return read.result;
  }

  async #load(key: string, read: PendingRead<Value>): Promise<Value | null> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      read.changed.clear();
      read.cleared = false;
      read.mayExist = false;
      this.fills++;
      const value = await this.#options.load(key).catch((error: unknown) => {
        if (error instanceof VerdictUnavailable) throw error;
        throw new VerdictUnavailable("the database is unavailable", { cause: error });
      });
      const subjects = value === null ? [] : this.#options.subjectsOf(value);
      if (value === null && read.mayExist) continue;
      if (read.cleared || subjects.some((subject) => read.changed.has(subject))) continue;
      this.#remember(key, value, subjects);
      return value;
    }
    throw new VerdictUnavailable("the data changes faster than it can be read");
  }

  #remember(key: string, value: Value | null, subjects: readonly string[]): void {
    if (value === null) {
      this.#absent.set(key, true);
      return;
    }
    this.#latest = null;
    this.#entries.set(key, value);
    if (this.#entries.size > this.#options.max) this.#entries.pop();
    if (!this.#entries.has(key)) return;
    for (const subject of subjects) this.#keysOf.add(subject, key);
  }
}
