import { VerdictUnavailable } from "../check/verdict-unavailable.ts";

interface BatchReaderOptions<Value> {
  /** Reads those of these keys that exist, with one statement. */
  readMany: (keys: string[]) => Promise<ReadonlyMap<string, Value>>;
  /** Maximum number of concurrent statements. */
  maxConcurrent: number;
  /** Maximum number of keys in a statement. */
  maxKeys: number;
  /** Maximum number of keys waiting for a statement. */
  maxWaiting: number;
  /** The least time between the starts of two statements, ms: under load each reads more keys. */
  minIntervalMs: number;
}

interface Waiting<Value> {
  key: string;
  resolve: (value: Value | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Combines reads of single keys into few statements. A single read starts at once, and reads that follow soon after
 * share a statement, so that a flood of unknown keys costs little.
 */
export class BatchReader<Value> {
  readonly #options: BatchReaderOptions<Value>;
  readonly #waiting: Waiting<Value>[] = [];
  #running = 0;
  #isScheduled = false;
  /** When (monotonic, ms) the last statement began. */
  #lastReadAt = Number.NEGATIVE_INFINITY;

  constructor(options: BatchReaderOptions<Value>) {
    this.#options = options;
  }

  /** Null for a key that does not exist. Rejects with `VerdictUnavailable` if too many wait. */
  read(key: string): Promise<Value | null> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#options.maxWaiting) {
        reject(new VerdictUnavailable("too many keys are being looked up"));
        return;
      }
      this.#waiting.push({ key, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled || this.#running >= this.#options.maxConcurrent || this.#waiting.length === 0)
      return;
    this.#isScheduled = true;
    const read = () => {
      this.#isScheduled = false;
      void this.#readWaiting();
    };
    const waitMs = this.#lastReadAt + this.#options.minIntervalMs - performance.now();
    if (waitMs > 0) setTimeout(read, waitMs);
    else setImmediate(read);
  }

  async #readWaiting(): Promise<void> {
    const batch = this.#waiting.splice(0, this.#options.maxKeys);
    this.#running++;
    this.#lastReadAt = performance.now();
    this.#schedule();
    try {
      const found = await this.#options.readMany(batch.map(({ key }) => key));
      for (const { key, resolve } of batch) resolve(found.get(key) ?? null);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#running--;
      this.#schedule();
    }
  }
}
