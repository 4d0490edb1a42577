/** Lines a second at most: an outage fails every request, and saying so each time would be another outage. */
const LINES_MOST = 100;

type Say = (fields: object, said: string) => void;
type Log = Record<"error" | "warn" | "debug", Say>;

/** Notes requests that got no verdict under the id that the asker was told. */
export class FailureLog {
  readonly #log: Log;
  #lines = 0;
  #leftOut = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  /** What was the asker's own fault is told to the asker, and noted at level `debug` only. */
  note(status: number, error: unknown, requestId: string): void {
    if (status < 500) {
      this.#log.debug({ status, requestId }, "a request was refused");
      return;
    }
    this.#timer ??= setTimeout(() => this.#sumUp(), 1_000).unref();
    if (this.#lines >= LINES_MOST) {
      this.#leftOut++;
      return;
    }
    this.#lines++;
    const fields = { status, requestId, err: error };
    if (status === 503) this.#log.warn(fields, "no verdict could be given");
    else this.#log.error(fields, "a request failed");
  }

  #sumUp(): void {
    if (this.#leftOut > 0) this.#log.warn({ requests: this.#leftOut }, "more requests failed in this second");
    this.#timer = null;
    this.#lines = 0;
    this.#leftOut = 0;
  }
}
