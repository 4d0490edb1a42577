import { type AccessTokenClaims, decodeToken, isAccessToken } from "./access-tokens/json-web-token.ts";
import { KeySet } from "./access-tokens/key-set.ts";
import { isRevocationsAnswer, Revocations } from "./access-tokens/revocations.ts";
import { type Clock, readClock, SYSTEM_CLOCK } from "./clock.ts";
import { baseUrls, checkToken, originOf } from "./connection-options.ts";
import { createErrorLog } from "./error-log.ts";
import { ConfigurationError, type Problem, VerdictUnavailableError } from "./errors.ts";
import { readText } from "./read-body.ts";
import { withinTime } from "./time-limit.ts";

export type { AccessTokenClaims } from "./access-tokens/json-web-token.ts";
export type { Clock } from "./clock.ts";

const DEFAULT_MAX_DELAY_MS = 5_000;
const DEFAULT_TIMEOUT_MS = 1_000;
/** A request for revocations waits this long for one. Without an answer for longer, the connection may be broken. */
const WAIT_SECONDS = 2;
const RETRY_MS = 200;
const MAX_ANSWER_BYTES = 4 * 1_024 * 1_024;

export interface AccessTokenOptions {
  /** Base URL of the verifier, or of several, nearest first: the next one is used while one fails. */
  url: string | readonly string[];
  /** The service token (`lk_svc_…`), with which revocations are read. */
  token: string;
  /** The portal's URL (`LATCHKEY_URL`), which is the issuer of tokens. */
  issuer: string;
  /** Slug of the API that the service implements. */
  api: string;
  /**
   * How old the list of revocations may be, ms. If it is older because no verifier answers or the machine slept,
   * `verify` rejects with `VerdictUnavailableError`. Default 5,000; at least 3,000.
   */
  maxDelayMs?: number;
  /** Called with why revocations can't be read. Default: writes it to the console, at most once a minute. */
  onError?: (error: unknown) => void;
  fetch?: typeof globalThis.fetch;
  /** Current time, epoch ms, by which tokens expire. For tests. */
  now?: () => number;
  /** The clocks by which the list of revocations ages. For tests. */
  clock?: Clock;
}

/** Whether a token is accepted, and what it says. */
export type AccessTokenOutcome =
  | { valid: true; claims: AccessTokenClaims; scopes: readonly string[] }
  | {
      valid: false;
      code: "TOKEN_INVALID" | "TOKEN_EXPIRED" | "TOKEN_REVOKED" | "SCOPE_NOT_GRANTED";
      message: string;
    };

/**
 * Verifies access tokens without a request for each, and follows the list of revocations: a token of a revoked key is
 * denied within a second. Call `close` before the process exits. For Node, Bun and Deno: it keeps a request open.
 */
export class AccessTokenVerifier {
  readonly #options: AccessTokenOptions;
  readonly #urls: readonly string[];
  readonly #clock: Clock;
  readonly #keys: KeySet;
  readonly #revocations = new Revocations();
  readonly #closing = new AbortController();
  readonly #onError: (error: unknown) => void;
  readonly #firstResponse: Promise<void>;
  #answered = () => {};
  readonly #following: Promise<void>;
  #current = 0;

  /** Throws `TypeError` for options that can't work. Starts to read revocations at once. */
  constructor(options: AccessTokenOptions) {
    this.#options = options;
    this.#urls = baseUrls(options.url);
    checkToken(options.token, "service token");
    for (const name of ["issuer", "api"] as const)
      if (!options[name]) throw new TypeError(`Latchkey: "${name}" is missing.`);
    if ((options.maxDelayMs ?? DEFAULT_MAX_DELAY_MS) < 3_000)
      throw new TypeError('Latchkey: "maxDelayMs" must be at least 3,000.');
    this.#onError = options.onError ?? createErrorLog(Date.now, "Latchkey: revocations can't be read.");
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#keys = new KeySet(() => this.#get("/.well-known/jwks.json", DEFAULT_TIMEOUT_MS), this.#clock);
    this.#firstResponse = new Promise((resolve) => {
      this.#answered = resolve;
    });
    this.#following = this.#follow();
  }

  /**
   * Whether the token is one of this issuer for this API, unexpired, not revoked, and has the scopes. Rejects with
   * `VerdictUnavailableError` while keys or revocations are not known.
   */
  async verify(
    token: string,
    { scopes = [] }: { scopes?: readonly string[] } = {},
  ): Promise<AccessTokenOutcome> {
    const decoded = decodeToken(token);
    if (decoded === null) return INVALID;
    await this.#known();
    if (!(await this.#keys.hasSigned(decoded))) return INVALID;
    const { claims } = decoded;
    if (!isAccessToken(claims, this.#options)) return INVALID;
    // After every wait, so that nothing is decided by what was known before it.
    this.#requireFresh();
    const now = this.#options.now ?? Date.now;
    // A clock that is behind must not accept tokens whose revocation verifiers have forgotten.
    const nowMs = Math.max(now(), this.#revocations.serverTime(readClock(this.#clock)));
    if (nowMs >= claims.exp * 1_000)
      return { valid: false, code: "TOKEN_EXPIRED", message: "The access token has expired." };
    if (this.#revocations.has(claims))
      return { valid: false, code: "TOKEN_REVOKED", message: "The access token was revoked." };
    const granted = claims.scope?.split(" ") ?? [];
    const missing = scopes.find((scope) => !granted.includes(scope));
    if (missing === undefined) return { valid: true, claims, scopes: granted };
    return {
      valid: false,
      code: "SCOPE_NOT_GRANTED",
      message: `The access token lacks the scope ${missing}.`,
    };
  }

  /** Stops reading revocations. `verify` then rejects. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#answered();
    await this.#following;
  }

  /** Waits for the first answer, as long as for a verdict. */
  async #known(): Promise<void> {
    if (this.#revocations.cursor !== null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, DEFAULT_TIMEOUT_MS);
    });
    await Promise.race([this.#firstResponse, timeout]);
    clearTimeout(timer);
  }

  #requireFresh(): void {
    const { maxDelayMs = DEFAULT_MAX_DELAY_MS } = this.#options;
    if (this.#revocations.ageMs(readClock(this.#clock)) <= maxDelayMs && !this.#closing.signal.aborted)
      return;
    throw new VerdictUnavailableError("It is not known which access tokens are revoked.");
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#readNext();
      } catch (error) {
        if (signal.aborted) return;
        this.#onError(error);
        this.#current++;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async #readNext(): Promise<void> {
    const { cursor } = this.#revocations;
    const query = cursor === null ? "" : `?wait=${WAIT_SECONDS}&after=${encodeURIComponent(cursor)}`;
    const sentAt = readClock(this.#clock);
    const limitMs = WAIT_SECONDS * 1_000 + DEFAULT_TIMEOUT_MS;
    const answer = await this.#get(`/api/v1/revocations${query}`, limitMs, this.#options.token);
    if (!isRevocationsAnswer(answer)) throw new Error("The verifier answered without a list of revocations.");
    this.#revocations.apply(answer, { sentAt, receivedAt: readClock(this.#clock) });
    if (!answer.more) this.#answered();
  }

  /** The JSON that the current verifier answers. */
  async #get(path: string, limitMs: number, token?: string): Promise<unknown> {
    const fetch = this.#options.fetch ?? globalThis.fetch;
    const url = this.#urls[this.#current % this.#urls.length] ?? "";
    return withinTime(limitMs, this.#closing.signal, async (signal) => {
      const response = await fetch(`${url}${path}`, {
        headers: {
          Accept: "application/json",
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        },
        // A redirect would hand the token to another server.
        redirect: "manual",
        signal,
      });
      const text = await readText(response, MAX_ANSWER_BYTES);
      if (response.status === 200) return JSON.parse(text);
      throw new ConfigurationError(response.status, parseProblem(text), originOf(url));
    });
  }
}

const INVALID: AccessTokenOutcome = {
  valid: false,
  code: "TOKEN_INVALID",
  message: "This is not an access token for this API.",
};

function parseProblem(text: string): Problem {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
