import type { ReportedUsage } from "../../../../engine/sync/protocol.ts";
import { ConfigurationError, UsageLostError } from "../errors.ts";
import { answersIn, type UsageStore } from "./usage-store.ts";

/** Answers are reported this often, ms: without a journal, a crash loses those since the last report. */
const REPORT_MS = 1_000;
/** Without answers, the service reports its state this often, ms. */
const STATE_MS = 3_000;
/** That a change was applied is reported at once, but not more often than this, ms. */
const MIN_INTERVAL_MS = 500;
/** A batch that verifiers reject for this long is given up, ms. */
const GIVE_UP_MS = 120_000;
const CLOSE_TIMEOUT_MS = 5_000;
/** For the last report, after all answers were accepted: without it, verifiers forget the service a little later. */
const LAST_REPORT_TIMEOUT_MS = 1_000;
const RETRY_MS = 200;
/** The verifier has an earlier version: it accepts the batch once it is upgraded. */
const OTHER_VERSION = 409;

export interface UsageReporterOptions {
  store: UsageStore;
  /** Sends one batch, or only the state. Rejects unless a verifier has accepted it, or with the signal's reason. */
  send: (report: { batch: ReportedUsage | null; signal: AbortSignal }) => Promise<unknown>;
  onError: (error: unknown) => void;
}

const CLOSING = new Error("The report is outdated because the service closes.");

/** Reports answers and the state of this process to a verifier, one request at a time. */
export class UsageReporter {
  readonly #options: UsageReporterOptions;
  #timer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Timeout | null = null;
  #running: Promise<boolean> | null = null;
  /** Ends a report of only the state that is under way when closing begins: the state is outdated then. */
  readonly #state = new AbortController();
  /** Ends every request when the time to close is over. */
  readonly #closing = new AbortController();
  #reportedAt = Number.NEGATIVE_INFINITY;
  #rejectedSince: number | null = null;

  constructor(options: UsageReporterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#report(STATE_MS), REPORT_MS);
  }

  /** Reports the state as soon as allowed. */
  reportSoon(): void {
    if (this.#soon !== null || this.#timer === null) return;
    const waitMs = Math.max(0, this.#reportedAt + MIN_INTERVAL_MS - performance.now());
    this.#soon = setTimeout(async () => {
      this.#soon = null;
      await this.#running;
      if (this.#timer !== null) await this.#report(0);
    }, waitMs);
  }

  /** Reports everything that is recorded now. Resolves with whether verifiers accepted it. */
  async report(): Promise<boolean> {
    await this.#running;
    return this.#report(STATE_MS);
  }

  /** Reports what is left until verifiers have accepted or rejected each batch, for 5 seconds at most. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#timer = this.#soon = null;
    this.#state.abort(CLOSING);
    const { signal } = this.#closing;
    const end = () => this.#closing.abort(new Error("No verifier accepted the report in time."));
    const timers = [setTimeout(end, CLOSE_TIMEOUT_MS)];
    await this.#running;
    const rejected = new Set<string>();
    while (!signal.aborted && !(await this.#run(() => this.#sendBatches(rejected)))) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    if (!signal.aborted && rejected.size === 0 && this.#reportedAt > Number.NEGATIVE_INFINITY) {
      timers.push(setTimeout(end, LAST_REPORT_TIMEOUT_MS));
      await this.#run(() => this.#sendState(signal));
    }
    for (const timer of timers) clearTimeout(timer);
  }

  /** The state alone is reported if the last report is `stateMs` old. */
  #report(stateMs: number): Promise<boolean> {
    return this.#run(async () => {
      await this.#sendBatches();
      if (performance.now() - this.#reportedAt >= stateMs) await this.#sendState(this.#state.signal);
    });
  }

  /** Whether `work` succeeded, or what runs already. */
  #run(work: () => Promise<void>): Promise<boolean> {
    this.#running ??= work()
      .then(
        () => true,
        (error: unknown) => {
          if (error !== CLOSING) this.#options.onError(error);
          return false;
        },
      )
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  /**
   * Sends all batches, oldest first, until one fails. With `rejected`, it continues after a batch that verifiers reject,
   * adds its id, and does not send that batch again.
   */
  async #sendBatches(rejected?: Set<string>): Promise<void> {
    const { store, send, onError } = this.#options;
    const { signal } = this.#closing;
    for await (const { batch, settle } of store.pending()) {
      if (rejected?.has(batch.id)) continue;
      try {
        await send({ batch, signal });
        this.#rejectedSince = null;
      } catch (error) {
        if (this.#isRejectedForGood(error)) {
          onError(new UsageLostError(answersIn(batch), { cause: error }));
        } else if (rejected !== undefined && error instanceof ConfigurationError) {
          rejected.add(batch.id);
          onError(error);
          continue;
        } else {
          throw error;
        }
      }
      settle();
      this.#reportedAt = performance.now();
    }
  }

  async #sendState(signal: AbortSignal): Promise<void> {
    await this.#options.send({ batch: null, signal });
    this.#reportedAt = performance.now();
  }

  /** A token without the permission, or a verifier that rejects the batch, will not accept it later either. */
  #isRejectedForGood(error: unknown): boolean {
    if (!(error instanceof ConfigurationError) || error.status === OTHER_VERSION) {
      this.#rejectedSince = null;
      return false;
    }
    this.#rejectedSince ??= performance.now();
    return performance.now() - this.#rejectedSince > GIVE_UP_MS;
  }
}
