/** Work between two pauses, ms. */
const WORK_MS = 0.5;
/** Long enough for the thread to leave the core. Timers of Linux add about 0.05 ms. */
const PAUSE_MS = 0.05;

interface Options {
  /** Monotonic, ms. */
  clock?: () => number;
  /** Blocks the thread. */
  sleep?: (ms: number) => void;
}

/**
 * Pauses of a thread that shares its core with the thread that answers requests. The kernel may let a running thread
 * finish its slice, some milliseconds, whatever its priority. A request waits that long, unless the thread gives the core
 * up.
 */
export class Pacer {
  /** Whether it pauses. Pauses cost time: without, work is done sooner. */
  isOn = true;
  readonly #clock: () => number;
  readonly #sleep: (ms: number) => void;
  #resumedAt = 0;

  constructor({ clock = () => performance.now(), sleep = blockThread }: Options = {}) {
    this.#clock = clock;
    this.#sleep = sleep;
  }

  /** Gives the core up if enough was done since. Call this often: a request waits for what is done between two calls. */
  pause(): void {
    if (!this.isOn || this.#clock() - this.#resumedAt < WORK_MS) return;
    this.#sleep(PAUSE_MS);
    this.#resumedAt = this.#clock();
  }
}

const NEVER_CHANGED = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

function blockThread(ms: number): void {
  Atomics.wait(NEVER_CHANGED, 0, 0, ms);
}
