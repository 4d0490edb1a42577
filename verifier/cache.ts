import { LRUCache } from "lru-cache";
import type { FillGate } from "./fills.ts";
import { CannotVouch } from "./fills.ts";

interface CacheOptions<Value extends object> {
  /** Entries at most; the least recently used goes first. */
  max: number;
  /** Reads the database; null for what isn't there, which is remembered too. */
  load: (key: string) => Promise<Value | null>;
  /** The id of what the value is about: a change of it makes the value stale. */
  subjectOf: (value: Value) => string;
  gate: FillGate;
}

interface Flight<Value> {
  result: Promise<Value | null>;
  /** What changed while the database was being read: the answer may be from before that. */
  changed: Set<string>;
  cleared: boolean;
}

/** LRUCache keeps no null: this stands for «it isn't there». */
const ABSENT = Symbol("absent");
const TRIES = 5;

/**
 * Facts by key, dropped when what they are about changes. One read for all who ask for the same key at
 * once; a read that began before a change of its subject is thrown away and done again.
 */
export class FactCache<Value extends object> {
  readonly #options: CacheOptions<Value>;
  readonly #entries: LRUCache<string, Value | typeof ABSENT>;
  readonly #keysOf = new Map<string, Set<string>>();
  readonly #flights = new Map<string, Flight<Value>>();
  /** Look-ups that memory answered, and those that had to wait for the database. */
  hits = 0;
  misses = 0;
  /** Reads of the database. */
  fills = 0;

  constructor(options: CacheOptions<Value>) {
    this.#options = options;
    this.#entries = new LRUCache({
      max: options.max,
      dispose: (value, key) => this.#forget(key, value),
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  /** At once when it is known, else a promise. Throws `CannotVouch` when it can't be found out now. */
  get(key: string): Value | null | Promise<Value | null> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.hits++;
      return known === ABSENT ? null : known;
    }
    this.misses++;
    return this.#flights.get(key)?.result ?? this.#fly(key);
  }

  /** Forgets what is about `subject`, now and in every read under way. */
  invalidate(subject: string): void {
    for (const flight of this.#flights.values()) flight.changed.add(subject);
    for (const key of this.#keysOf.get(subject) ?? []) this.#entries.delete(key);
  }

  clear(): void {
    for (const flight of this.#flights.values()) flight.cleared = true;
    this.#entries.clear();
    this.#keysOf.clear();
  }

  #fly(key: string): Promise<Value | null> {
    const flight: Flight<Value> = { result: Promise.resolve(null), changed: new Set(), cleared: false };
    flight.result = this.#options.gate
      .through(() => this.#load(key, flight))
      .finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight.result;
  }

  async #load(key: string, flight: Flight<Value>): Promise<Value | null> {
    for (let tries = 0; tries < TRIES; tries++) {
      flight.changed.clear();
      flight.cleared = false;
      this.fills++;
      const value = await this.#options.load(key).catch((error: unknown) => {
        throw new CannotVouch("the database did not answer", { cause: error });
      });
      const subject = value === null ? null : this.#options.subjectOf(value);
      if (flight.cleared || (subject !== null && flight.changed.has(subject))) continue;
      this.#remember(key, value, subject);
      return value;
    }
    throw new CannotVouch("it changes faster than it can be read");
  }

  #remember(key: string, value: Value | null, subject: string | null): void {
    this.#entries.set(key, value ?? ABSENT);
    if (subject === null) return;
    const keys = this.#keysOf.get(subject);
    if (keys) keys.add(key);
    else this.#keysOf.set(subject, new Set([key]));
  }

  #forget(key: string, value: Value | typeof ABSENT): void {
    if (value === ABSENT) return;
    const subject = this.#options.subjectOf(value);
    const keys = this.#keysOf.get(subject);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysOf.delete(subject);
  }
}
