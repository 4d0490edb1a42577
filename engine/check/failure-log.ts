/** Maximum number of lines a second: during an outage every request fails, and logging each would be another outage. */
const MAX_LINES = 100;

type LogMethod = (fields: object, message: string) => void;
type Log = Record<"error" | "warn" | "debug", LogMethod>;

/** Logs requests that got no verdict, with the request id that the client received. */
export class FailureLog {
  readonly #log: Log;
  #lines = 0;
  #omitted = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  /** The client's own mistakes are reported to the client and logged only at level `debug`. */
  note(status: number, error: unknown, requestId: string): void {
    if (status < 500) {
      this.#log.debug({ status, requestId }, "a request was rejected");
      return;
    }
    this.#timer ??= setTimeout(() => this.#summarize(), 1_000).unref();
    if (this.#lines >= MAX_LINES) {
      this.#omitted++;
      return;
    }
    this.#lines++;
    const fields = { status, requestId, err: error };
    if (status === 503) this.#log.warn(fields, "a request got no verdict");
    else this.#log.error(fields, "a request failed");
  }

  #summarize(): void {
    if (this.#omitted > 0) this.#log.warn({ requests: this.#omitted }, "more requests failed in this second");
    this.#timer = null;
    this.#lines = 0;
    this.#omitted = 0;
  }
}
