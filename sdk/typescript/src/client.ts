import { bodyOf } from "./check-body.ts";
import { baseUrls, checkToken } from "./connection-options.ts";
import { createErrorLog } from "./error-log.ts";
import { VerdictUnavailableError } from "./errors.ts";
import type { LocalVerifier } from "./local/local-verifier.ts";
import { traceOutcome } from "./tracing.ts";
import { transportOf } from "./transport.ts";
import { type Check, isVerdict, type KeyVerifier, type Outcome, type Verdict } from "./verdict.ts";
import { VerifierPool } from "./verifier-pool.ts";

const DEFAULT_TIMEOUT_MS = 1_000;
const DEFAULT_CACHE_MB = 64;
const MEBIBYTE = 1_048_576;

/** What to do with a request when no verifier gave a verdict. */
export type UnavailablePolicy =
  | "reject"
  | ((error: VerdictUnavailableError, check: Check) => "reject" | "allow" | Promise<"reject" | "allow">);

export interface LatchkeyOptions {
  /** Base URL of the verifier, or of several, nearest first. They are asked in this order. */
  url: string | readonly string[];
  /** The service token (`lk_svc_…`). */
  token: string;
  /** Slug of the API that the service implements; optional if the token is bound to one API. */
  api?: string | undefined;
  /** Time for a verdict including the retry, ms. Default 1,000. */
  timeoutMs?: number;
  /** `"reject"` (default) rejects with `VerdictUnavailableError`. A function decides for each request with a key. */
  onUnavailable?: UnavailablePolicy;
  /**
   * `"local"`: verify keys in this process, with facts that a verifier keeps up to date, and ask a verifier only about
   * the rest. For a service token with `localVerification`; Node 20.15 or later. Default `"http"`: always ask.
   */
  mode?: "http" | "local";
  /**
   * With `mode: "local"`: a folder for answers that are not counted yet. Without it, a crash loses those of the last
   * second.
   */
  journalDir?: string;
  /** With `mode: "local"`: the most memory for facts, MiB. Default 64. */
  cacheMb?: number;
  /**
   * With `mode: "local"`: called with why keys are not verified locally, or not counted yet, and with `UsageLostError`
   * if answers will never be counted. Default: writes it to the console, the first kind at most once a minute.
   */
  onLocalError?: (error: unknown) => void;
  /** Sends the requests to verifiers. Default: Node's HTTP client, and on other platforms their `fetch`. */
  fetch?: typeof globalThis.fetch;
  /** Ms since any moment, by a clock that never jumps. For tests. */
  now?: () => number;
}

/**
 * Verifies API keys by asking a Latchkey verifier, or in this process. Connections are kept alive. A failed request is
 * retried once, on the next verifier if there are several.
 */
export class Latchkey implements KeyVerifier {
  readonly #pool: VerifierPool;
  readonly #api: string | undefined;
  readonly #onUnavailable: UnavailablePolicy;
  readonly #timeoutMs: number;
  readonly #now: () => number;
  #local: LocalVerifier | null = null;
  #starting: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  /** Throws `TypeError` for options that can't work. */
  constructor(options: LatchkeyOptions) {
    const urls = baseUrls(options.url);
    checkToken(options.token, "service token");
    if (options.journalDir !== undefined && options.mode !== "local")
      throw new TypeError('Latchkey: "journalDir" needs mode: "local".');
    this.#api = options.api;
    this.#onUnavailable = options.onUnavailable ?? "reject";
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#now = options.now ?? (() => performance.now());
    this.#pool = new VerifierPool({
      urls,
      token: options.token,
      timeoutMs: this.#timeoutMs,
      transport: transportOf(options.fetch),
      now: this.#now,
    });
    if (options.mode === "local") this.#starting = this.#startLocal(options, urls);
  }

  async #startLocal(
    { token, api, journalDir, cacheMb = DEFAULT_CACHE_MB, onLocalError, fetch }: LatchkeyOptions,
    urls: readonly string[],
  ): Promise<void> {
    const onError =
      onLocalError ?? createErrorLog(Date.now, "Latchkey: keys are not verified locally, or not counted.");
    const maxBytes = cacheMb * MEBIBYTE;
    // The other half is for asking a verifier.
    const waitMs = this.#timeoutMs / 2;
    try {
      // Only here: it needs Node's modules, which edge runtimes don't have.
      const { LocalVerifier } = await import("./local/local-verifier.ts");
      this.#local = await LocalVerifier.start({
        urls,
        token,
        api,
        fetch,
        journalDir,
        maxBytes,
        waitMs,
        onError,
      });
    } catch (error) {
      onError(error);
    }
  }

  /** Whether keys are verified in this process now. False: a verifier is asked about all of them. */
  get isLocal(): boolean {
    return this.#local?.isReady ?? false;
  }

  /** Not `async`: for a local verdict, that would take as long as one of the rules. */
  verify(check: Check, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<Outcome> {
    try {
      const local = this.#local?.verify(check) ?? null;
      if (local === null || local instanceof Promise) return this.#verifyLater(local, check, signal);
      traceOutcome(local);
      return Promise.resolve(local);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async #verifyLater(
    local: Promise<Verdict | null> | null,
    check: Check,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const endsAt = this.#now() + this.#timeoutMs;
    let outcome: Outcome | null = await local;
    outcome ??= await this.#verifyRemotely(check, signal, endsAt);
    traceOutcome(outcome);
    return outcome;
  }

  /**
   * Ends the local mode, after reporting what is not counted yet: for 5 seconds at most, and not longer than verifiers
   * may accept it. What is left stays in `journalDir`, or is lost and reported to `onLocalError`. Call it before the
   * process exits; every call waits for the same end. Without the local mode, it does nothing.
   */
  close(): Promise<void> {
    this.#closing ??= this.#endLocal();
    return this.#closing;
  }

  async #endLocal(): Promise<void> {
    await this.#starting;
    const local = this.#local;
    this.#local = null;
    await local?.close();
  }

  async #verifyRemotely(check: Check, signal: AbortSignal | undefined, endsAt: number): Promise<Outcome> {
    const asked = { ...check, api: check.api ?? this.#api };
    const timeoutMs = endsAt - this.#now();
    try {
      return await this.#pool.post("/api/v1/keys/verify", bodyOf(asked), isVerdict, { signal, timeoutMs });
    } catch (error) {
      if (!(error instanceof VerdictUnavailableError) || this.#onUnavailable === "reject") throw error;
      // Decided without a verifier: a request without a key never passes.
      if (!check.key?.trim()) throw error;
      if ((await this.#onUnavailable(error, check)) !== "allow") throw error;
      return { valid: true, code: "UNVERIFIED", reason: error.message };
    }
  }
}
