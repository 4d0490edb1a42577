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

/** Rejected: verifiers will not accept it later either. */
type ReportOutcome = "accepted" | "failed" | "rejected";

/** Reports answers and the state of this process to a verifier, one request at a time. */
export class UsageReporter {
  readonly #options: UsageReporterOptions;
  #timer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Timeout | null = null;
  #running: Promise<ReportOutcome> | null = null;
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
    return (await this.#report(STATE_MS)) === "accepted";
  }

  /** Reports what is left until verifiers accept it or reject it for good, for 5 seconds at most. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#timer = this.#soon = null;
    this.#state.abort(CLOSING);
    const { signal } = this.#closing;
    const end = () => this.#closing.abort(new Error("No verifier accepted the report in time."));
    const timers = [setTimeout(end, CLOSE_TIMEOUT_MS)];
    await this.#running;
    while (!signal.aborted) {
      const outcome = await this.#run(() => this.#sendBatches());
      if (outcome === "accepted" && this.#reportedAt > Number.NEGATIVE_INFINITY) {
        timers.push(setTimeout(end, LAST_REPORT_TIMEOUT_MS));
        await this.#run(() => this.#sendState(signal));
      }
      if (outcome !== "failed") break;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    for (const timer of timers) clearTimeout(timer);
  }

  /** The state alone is reported if the last report is `stateMs` old. */
  #report(stateMs: number): Promise<ReportOutcome> {
    return this.#run(async () => {
      await this.#sendBatches();
      if (performance.now() - this.#reportedAt >= stateMs) await this.#sendState(this.#state.signal);
    });
  }

  /** The outcome of `work`, or of what runs already. */
  #run(work: () => Promise<void>): Promise<ReportOutcome> {
    this.#running ??= work()
      .then(
        (): ReportOutcome => "accepted",
        (error: unknown): ReportOutcome => {
          if (error !== CLOSING) this.#options.onError(error);
          return error instanceof ConfigurationError ? "rejected" : "failed";
        },
      )
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #sendBatches(): Promise<void> {
    const { store, send, onError } = this.#options;
    const { signal } = this.#closing;
    for await (const { batch, settle } of store.pending()) {
      try {
        await send({ batch, signal });
        this.#rejectedSince = null;
      } catch (error) {
        if (!this.#isRejectedForGood(error)) throw error;
        onError(new UsageLostError(answersIn(batch), { cause: error }));
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
