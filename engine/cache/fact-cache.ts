import { LRUCache } from "lru-cache";
import { VerdictUnavailable } from "./fill-gate.ts";
import { KeysBySubject } from "./keys-by-subject.ts";

interface CacheOptions<Value extends object> {
  /** Entries at most; the least recently used goes first. */
  max: number;
  /** And so many that aren't there, apart: junk must not push out what is. */
  maxAbsent: number;
  /** Memory of all entries together, bytes; the least recently used goes first, and one larger than all is not kept. */
  maxBytes: number;
  /** What an entry takes, bytes, about. */
  bytesOf: (value: Value) => number;
  /** Reads the database; null for what isn't there, which is remembered too. */
  load: (key: string) => Promise<Value | null>;
  /** The id of what the value is about: a change of it makes the value stale. */
  subjectOf: (value: Value) => string;
}

interface Flight<Value> {
  result: Promise<Value | null>;
  /** What changed while the database was being read: the answer may be from before that. */
  changed: Set<string>;
  cleared: boolean;
}

const TRIES = 5;

/**
 * Facts by key, dropped when what they are about changes. One read for all who ask for the same key at
 * once; a read that began before a change of its subject is thrown away and done again.
 */
export class FactCache<Value extends object> {
  readonly #options: CacheOptions<Value>;
  readonly #entries: LRUCache<string, Value>;
  readonly #absent: LRUCache<string, true>;
  readonly #keysOf = new KeysBySubject();
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
      maxSize: options.maxBytes,
      sizeCalculation: (value) => Math.ceil(options.bytesOf(value)),
      dispose: (value, key) => this.#keysOf.delete(options.subjectOf(value), key),
    });
    this.#absent = new LRUCache({ max: options.maxAbsent });
  }

  /** Memory that the entries take, bytes, about. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  get size(): number {
    return this.#entries.size + this.#absent.size;
  }

  /** At once when it is known, else a promise. Throws `CannotVouch` when it can't be found out now. */
  get(key: string): Value | null | Promise<Value | null> {
    const known = this.#entries.get(key);
    if (known !== undefined || this.#absent.get(key)) {
      this.hits++;
      return known ?? null;
    }
    this.misses++;
    return this.#flights.get(key)?.result ?? this.#fly(key);
  }

  /** Forgets what is about `subject`, now and in every read under way. */
  invalidate(subject: string): void {
    for (const flight of this.#flights.values()) flight.changed.add(subject);
    for (const key of this.#keysOf.of(subject)) this.#entries.delete(key);
  }

  clear(): void {
    for (const flight of this.#flights.values()) flight.cleared = true;
    this.#entries.clear();
    this.#absent.clear();
    this.#keysOf.clear();
  }

  #fly(key: string): Promise<Value | null> {
    const flight: Flight<Value> = { result: Promise.resolve(null), changed: new Set(), cleared: false };
    flight.result = this.#load(key, flight).finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight.result;
  }

  async #load(key: string, flight: Flight<Value>): Promise<Value | null> {
    for (let tries = 0; tries < TRIES; tries++) {
      flight.changed.clear();
      flight.cleared = false;
      this.fills++;
      const value = await this.#options.load(key).catch((error: unknown) => {
        if (error instanceof VerdictUnavailable) throw error;
        throw new VerdictUnavailable("the database did not answer", { cause: error });
      });
      const subject = value === null ? null : this.#options.subjectOf(value);
      if (flight.cleared || (subject !== null && flight.changed.has(subject))) continue;
      this.#remember(key, value, subject);
      return value;
    }
    throw new VerdictUnavailable("it changes faster than it can be read");
  }

  #remember(key: string, value: Value | null, subject: string | null): void {
    if (value === null || subject === null) {
      this.#absent.set(key, true);
      return;
    }
    this.#entries.set(key, value);
    if (this.#entries.has(key)) this.#keysOf.add(subject, key);
  }
}
