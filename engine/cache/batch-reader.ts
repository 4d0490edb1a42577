import { VerdictUnavailable } from "./fill-gate.ts";

interface BatchReaderOptions<Value> {
  /** Reads what is there of these keys, with one statement. */
  readMany: (keys: string[]) => Promise<ReadonlyMap<string, Value>>;
  /** Statements at once. */
  atOnce: number;
  /** Keys a statement. */
  most: number;
  /** Keys that may wait for one. */
  waitingMost: number;
  /** From the beginning of one statement to the next, at least, ms: under pressure more go together. */
  everyMs: number;
}

interface Waiting<Value> {
  key: string;
  resolve: (value: Value | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Reads of single keys, gathered into few statements: a lone one is read at once, and those that come soon
 * after it together, so that a storm of keys that nobody has costs little more than a breeze.
 */
export class BatchReader<Value> {
  readonly #options: BatchReaderOptions<Value>;
  readonly #waiting: Waiting<Value>[] = [];
  #running = 0;
  #isDue = false;
  /** When (monotonic, ms) the last statement began. */
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(options: BatchReaderOptions<Value>) {
    this.#options = options;
  }

  /** Null for what isn't there. Rejects with `CannotVouch` when too many wait. */
  read(key: string): Promise<Value | null> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#options.waitingMost) {
        reject(new VerdictUnavailable("too many keys are being looked up"));
        return;
      }
      this.#waiting.push({ key, resolve, reject });
      this.#arrange();
    });
  }

  #arrange(): void {
    if (this.#isDue || this.#running >= this.#options.atOnce || this.#waiting.length === 0) return;
    this.#isDue = true;
    const read = () => {
      this.#isDue = false;
      void this.#readWaiting();
    };
    const waitMs = this.#readAt + this.#options.everyMs - performance.now();
    if (waitMs > 0) setTimeout(read, waitMs);
    else setImmediate(read);
  }

  async #readWaiting(): Promise<void> {
    const batch = this.#waiting.splice(0, this.#options.most);
    this.#running++;
    this.#readAt = performance.now();
    this.#arrange();
    try {
      const found = await this.#options.readMany(batch.map(({ key }) => key));
      for (const { key, resolve } of batch) resolve(found.get(key) ?? null);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#running--;
      this.#arrange();
    }
  }
}
