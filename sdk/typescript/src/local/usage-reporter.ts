import type { ReportedUsage } from "../../../../engine/sync/protocol.ts";
import { ConfigurationError } from "../errors.ts";
import type { UsageStore } from "./usage-store.ts";

/** Answers are reported this often, ms: without a journal, a crash loses those since the last report. */
const REPORT_MS = 1_000;
/** Without answers, the service reports its state this often, ms. */
const STATE_MS = 3_000;
/** That a change was applied is reported at once, but not more often than this, ms. */
const MIN_INTERVAL_MS = 500;
/** A batch that verifiers reject for this long is given up, ms. */
const GIVE_UP_MS = 120_000;
const CLOSE_TIMEOUT_MS = 5_000;
const RETRY_MS = 200;
/** The verifier has an earlier version: it accepts the batch once it is upgraded. */
const OTHER_VERSION = 409;

export interface UsageReporterOptions {
  store: UsageStore;
  /** Sends one batch, or only the state. Rejects unless a verifier has accepted it. */
  send: (report: { batch: ReportedUsage | null }) => Promise<unknown>;
  onError: (error: unknown) => void;
}

/** Reports answers and the state of this process to a verifier, one request at a time. */
export class UsageReporter {
  readonly #options: UsageReporterOptions;
  #timer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Timeout | null = null;
  #running: Promise<boolean> | null = null;
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
      await this.#report(0);
    }, waitMs);
  }

  /** Reports everything that is recorded now. Resolves with whether verifiers accepted it. */
  async report(): Promise<boolean> {
    await this.#running;
    return this.#report(STATE_MS);
  }

  /** Reports what is left, if verifiers accept it within a few seconds. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#timer = this.#soon = null;
    const endsAt = performance.now() + CLOSE_TIMEOUT_MS;
    await this.#running;
    while (!(await this.#report(0)) && performance.now() < endsAt)
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }

  /** The state alone is reported if the last report is `stateMs` old. Resolves with whether all was accepted. */
  #report(stateMs: number): Promise<boolean> {
    this.#running ??= this.#send(stateMs)
      .then(
        () => true,
        (error: unknown) => {
          this.#options.onError(error);
          return false;
        },
      )
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #send(stateMs: number): Promise<void> {
    const { store, send } = this.#options;
    for await (const { batch, settle } of store.pending()) {
      try {
        await send({ batch });
        this.#rejectedSince = null;
      } catch (error) {
        if (!this.#isRejectedForGood(error)) throw error;
        this.#options.onError(error);
      }
      settle();
      this.#reportedAt = performance.now();
    }
    if (performance.now() - this.#reportedAt < stateMs) return;
    await send({ batch: null });
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
