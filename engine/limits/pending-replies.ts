import { VerdictUnavailable } from "../check/verdict-unavailable.ts";

/** A command without a reply for this long has failed: the caller of the check is waiting. */
export const RESPONSE_TIMEOUT_MS = 500;

interface Waiting {
  sentAt: number;
  fail(error: unknown): void;
}

/** Commands to Redis that have no reply yet. */
export class PendingReplies {
  #waiting = new Set<Waiting>();

  /** Rejects with `VerdictUnavailable` if the command fails or is failed. It may still have been counted. */
  wait<T>(reply: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        this.#remove(waiting);
        reject(new VerdictUnavailable("limits can't be counted: Redis did not answer", { cause: error }));
      };
      const waiting: Waiting = { sentAt: performance.now(), fail };
      this.#waiting.add(waiting);
      reply.then((value) => {
        // Nobody may still count on it: others restore lost counters without it.
        if (isLate(waiting)) return fail(new Error("Redis answered too late"));
        this.#remove(waiting);
        resolve(value);
      }, fail);
    });
  }

  /** Whether a command has waited for too long. */
  get isLate(): boolean {
    const [oldest] = this.#waiting;
    return oldest !== undefined && isLate(oldest);
  }

  /** Fails the commands that have waited for too long. */
  failLate(error: unknown): void {
    for (const waiting of this.#waiting) {
      if (!isLate(waiting)) return;
      waiting.fail(error);
    }
  }

  failAll(error: unknown): void {
    for (const waiting of this.#waiting) waiting.fail(error);
  }

  #remove(waiting: Waiting): void {
    this.#waiting.delete(waiting);
    // A set's earlier tables refer to its later ones. Once one is among old objects, they would keep every command and
    // its check until the next full garbage collection.
    if (this.#waiting.size === 0) this.#waiting = new Set();
  }
}

function isLate({ sentAt }: Waiting): boolean {
  return performance.now() - sentAt >= RESPONSE_TIMEOUT_MS;
}
