import { VerdictUnavailableError } from "./errors.ts";
import { traceOutcome } from "./tracing.ts";
import { type Check, isVerdict, type KeyVerifier, type Outcome } from "./verdict.ts";
import { VerifierPool } from "./verifier-pool.ts";

const DEFAULT_TIMEOUT_MS = 1_000;
/** No rule reads more of these texts, and the body of a check is limited to 16 KiB. */
const MAX_TEXT_LENGTH = 4_000;
const MAX_BODY_BYTES = 16 * 1_024;

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
  fetch?: typeof globalThis.fetch;
  /** Current time, epoch ms. For tests. */
  now?: () => number;
}

/**
 * Verifies API keys by asking a Latchkey verifier. Connections are kept alive by the platform's `fetch`. A failed
 * request is retried once, on the next verifier if there are several.
 */
export class Latchkey implements KeyVerifier {
  readonly #pool: VerifierPool;
  readonly #api: string | undefined;
  readonly #onUnavailable: UnavailablePolicy;

  /** Throws `TypeError` for options that can't work. */
  constructor(options: LatchkeyOptions) {
    const urls = typeof options.url === "string" ? [options.url] : options.url;
    if (urls.length === 0) throw new TypeError("Latchkey: give the URL of at least one verifier.");
    for (const url of urls) {
      if (!/^https?:\/\/[^/]/.test(url))
        throw new TypeError(`Latchkey: "${url}" is not an http or https URL.`);
    }
    if (!options.token) throw new TypeError("Latchkey: give the service token.");
    this.#api = options.api;
    this.#onUnavailable = options.onUnavailable ?? "reject";
    this.#pool = new VerifierPool({
      urls,
      token: options.token,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
      now: options.now ?? Date.now,
    });
  }

  async verify(check: Check, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<Outcome> {
    const outcome = await this.#ask({ ...check, api: check.api ?? this.#api }, signal);
    traceOutcome(outcome);
    return outcome;
  }

  async #ask(check: Check, signal: AbortSignal | undefined): Promise<Outcome> {
    try {
      return await this.#pool.post("/api/v1/keys/verify", bodyOf(check), isVerdict, signal);
    } catch (error) {
      if (!(error instanceof VerdictUnavailableError) || this.#onUnavailable === "reject") throw error;
      // Whatever a verifier would say, a request without a key may not pass.
      if (!check.key?.trim()) throw error;
      if ((await this.#onUnavailable(error, check)) !== "allow") throw error;
      return { valid: true, code: "UNVERIFIED", reason: error.message };
    }
  }
}

/**
 * The body of a check, at most 16 KiB. Longer texts of a caller are cut; if that is not enough they are left
 * out, so that rules that need them deny.
 */
function bodyOf(check: Check): string {
  const cut = (text: string | null | undefined) => text?.slice(0, MAX_TEXT_LENGTH);
  const fitting: Check = {
    ...check,
    key: cut(check.key),
    path: cut(check.path),
    referrer: cut(check.referrer),
    origin: cut(check.origin),
    clientIp: cut(check.clientIp),
    androidPackage: cut(check.androidPackage),
    androidCertSha1: cut(check.androidCertSha1),
    iosBundleId: cut(check.iosBundleId),
  };
  for (const field of ["iosBundleId", "androidCertSha1", "androidPackage", "origin", "referrer"] as const) {
    if (fits(fitting)) break;
    fitting[field] = undefined;
  }
  if (!fits(fitting)) fitting.path = "";
  return JSON.stringify(fitting);
}

function fits(check: Check): boolean {
  const body = JSON.stringify(check);
  // A character of a string is at most three bytes in UTF-8.
  return 3 * body.length <= MAX_BODY_BYTES || new TextEncoder().encode(body).length <= MAX_BODY_BYTES;
}
