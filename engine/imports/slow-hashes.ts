import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import type { SlowAlgorithm } from "#core/imported-hash.ts";
import { projectRoot } from "#platform/process-singleton.ts";

export interface SlowComparison {
  algorithm: SlowAlgorithm;
  value: string;
  token: string;
}

/** What a worker thread compares. */
export interface HashComparison extends SlowComparison {
  id: number;
}

interface Waiting extends HashComparison {
  /** Monotonic, ms. */
  since: number;
  resolve: (matches: boolean | null) => void;
}

const MAX_THREADS = 4;
/** Maximum length of each of the two queues. */
const MAX_WAITING = 20;
/** A comparison that can't start for this long is given up, ms: its caller waits. */
const MAX_WAIT_MS = 2_000;

/**
 * Compares tokens with slow hashes in threads of low priority, at most one for each core but one. The threads start with
 * the first comparison.
 */
export class SlowHashes {
  readonly #clock: () => number;
  readonly #maxThreads = Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1));
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #first: Waiting[] = [];
  readonly #others: Waiting[] = [];
  #lastId = 0;

  /** `clock`: monotonic, ms. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Null if the comparison did not run, for example because the queue is full. `first`: ahead of the other queue. */
  compare(comparison: SlowComparison, { first }: { first: boolean }): Promise<boolean | null> {
    const queue = first ? this.#first : this.#others;
    if (queue.length >= MAX_WAITING) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#lastId++;
      queue.push({ id: this.#lastId, ...comparison, since: this.#clock(), resolve });
      this.#next();
    });
  }

  async stop(): Promise<void> {
    for (const { resolve } of [...this.#first.splice(0), ...this.#others.splice(0)]) resolve(null);
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()));
  }

  #next(): void {
    const queue = this.#first.length > 0 ? this.#first : this.#others;
    const next = queue[0];
    if (next === undefined) return;
    const worker = this.#idle.pop() ?? (this.#busy.size < this.#maxThreads ? this.#start() : undefined);
    if (worker === undefined) return;
    queue.shift();
    if (this.#clock() - next.since > MAX_WAIT_MS) {
      this.#idle.push(worker);
      next.resolve(null);
      this.#next();
      return;
    }
    this.#busy.set(worker, next);
    const { id, algorithm, value, token } = next;
    worker.postMessage({ id, algorithm, value, token } satisfies HashComparison);
  }

  #start(): Worker {
    // Next's bundler would rewrite the constructor and look for the file in its bundle.
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    const worker = new Worker(join(projectRoot(), "engine/imports/slow-hash-worker.ts"));
    worker.unref();
    worker.on("message", ({ matches }: { matches: boolean | null }) => this.#finish(worker, matches, true));
    worker.on("error", () => this.#finish(worker, null, false));
    worker.on("exit", () => this.#finish(worker, null, false));
    return worker;
  }

  #finish(worker: Worker, matches: boolean | null, isAlive: boolean): void {
    const done = this.#busy.get(worker);
    this.#busy.delete(worker);
    if (isAlive) this.#idle.push(worker);
    else if (this.#idle.includes(worker)) this.#idle.splice(this.#idle.indexOf(worker), 1);
    done?.resolve(matches);
    this.#next();
  }
}
