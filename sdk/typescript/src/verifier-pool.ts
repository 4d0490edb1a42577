import { CircuitBreaker } from "./circuit-breaker.ts";
import { ConfigurationError, type Problem, VerdictUnavailableError } from "./errors.ts";
import { TimedOutError, type Transport, type TransportResponse } from "./post.ts";

/** The largest answer that is read by default: a verdict has less. */
const MAX_ANSWER_BYTES = 1_024 * 1_024;
/** Statuses that another verifier, or the same one later, may not give. */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface PoolOptions {
  /** Base URLs of the verifiers, nearest first. */
  urls: readonly string[];
  token: string;
  /** Time for both attempts together, ms. */
  timeoutMs: number;
  transport: Transport;
  /** Ms since any moment, by a clock that never jumps. */
  now: () => number;
}

interface Verifier {
  url: string;
  breaker: CircuitBreaker;
}

/** A failed attempt. If it neither timed out nor was answered, the same verifier may answer at once. */
class AttemptError extends Error {
  readonly timedOut: boolean;
  readonly answered: boolean;

  constructor(message: string, { timedOut = false, answered = false, cause }: AttemptErrorOptions = {}) {
    super(message, { cause });
    this.timedOut = timedOut;
    this.answered = answered;
  }
}

interface AttemptErrorOptions {
  timedOut?: boolean;
  answered?: boolean;
  cause?: unknown;
}

/** Sends requests to the first verifier that works, and tries once more when it fails. */
export class VerifierPool {
  readonly #options: PoolOptions;
  readonly #verifiers: Verifier[];

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#verifiers = options.urls.map((url) => ({
      url: url.replace(/\/+$/, ""),
      breaker: new CircuitBreaker(),
    }));
  }

  /**
   * The JSON answer to a POST, which `isAnswer` recognizes. Rejects with `VerdictUnavailableError`,
   * `ConfigurationError`, or the reason of `signal` when that aborts.
   */
  async post<Value>(
    path: string,
    body: string,
    isAnswer: (value: unknown) => value is Value,
    { signal, maxBytes = MAX_ANSWER_BYTES }: { signal?: AbortSignal | undefined; maxBytes?: number } = {},
  ): Promise<Value> {
    const { timeoutMs, now } = this.#options;
    const endsAt = now() + timeoutMs;
    // Both attempts carry one key: a verifier that already counted the first doesn't count the second.
    const idempotencyKey = crypto.randomUUID();
    const [first, other] = this.#verifiers.filter(({ breaker }) => breaker.allows(now()));
    if (first === undefined) throw new VerdictUnavailableError("Every verifier failed recently.");
    const attempt = (verifier: Verifier, limitMs: number) =>
      this.#attempt(verifier, { path, body, idempotencyKey, limitMs, isAnswer, maxBytes, signal });
    try {
      // Half of the time, so that the other verifier still has a chance to answer.
      return await attempt(first, other ? timeoutMs / 2 : timeoutMs);
    } catch (error) {
      if (!(error instanceof AttemptError)) throw error;
      const second = other ?? (error.timedOut || error.answered ? undefined : first);
      const leftMs = endsAt - now();
      if (second === undefined || leftMs <= 0 || !second.breaker.allows(now())) throw unavailable(error);
      return await attempt(second, leftMs).catch((secondError: unknown) => {
        throw secondError instanceof AttemptError ? unavailable(secondError) : secondError;
      });
    }
  }

  async #attempt<Value>(
    { url, breaker }: Verifier,
    request: {
      path: string;
      body: string;
      idempotencyKey: string;
      limitMs: number;
      isAnswer: (value: unknown) => value is Value;
      maxBytes: number;
      signal: AbortSignal | undefined;
    },
  ): Promise<Value> {
    const { token, transport, now } = this.#options;
    const { body, maxBytes, signal } = request;
    breaker.begin();
    try {
      const response = await transport({
        url: url + request.path,
        headers: {
          Authorization: `Bearer ${token}`,
          "Content-Type": "application/json",
          Accept: "application/json",
          "Idempotency-Key": request.idempotencyKey,
        },
        body,
        timeoutMs: Math.max(1, Math.round(request.limitMs)),
        maxBytes,
        signal,
      });
      const value = readResponse(response, request.isAnswer);
      breaker.succeed();
      return value;
    } catch (error) {
      if (signal?.aborted) {
        breaker.abandon();
        throw signal.reason;
      }
      if (error instanceof ConfigurationError) {
        breaker.succeed();
        throw error;
      }
      breaker.fail(now());
      if (error instanceof AttemptError) throw error;
      throw error instanceof TimedOutError
        ? new AttemptError(error.message, { timedOut: true })
        : new AttemptError("The verifier can't be reached.", { cause: error });
    }
  }
}

function readResponse<Value>(
  { status, text }: TransportResponse,
  isAnswer: (value: unknown) => value is Value,
): Value {
  const value = parseJson(text);
  const isSuccess = status === 200 || status === 204;
  if (isSuccess && isAnswer(value)) return value;
  if (isSuccess || TRANSIENT.has(status)) {
    const detail = isSuccess ? "without a verdict" : String(status);
    throw new AttemptError(`The verifier answered ${detail}.`, { answered: true });
  }
  throw new ConfigurationError(status, (typeof value === "object" && value ? value : {}) as Problem);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unavailable(error: AttemptError): VerdictUnavailableError {
  return new VerdictUnavailableError(error.message, { cause: error.cause });
}
