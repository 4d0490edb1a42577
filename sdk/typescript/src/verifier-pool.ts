import { CircuitBreaker, type Permit } from "./circuit-breaker.ts";
import { originOf } from "./connection-options.ts";
import { ConfigurationError, type Problem, VerdictUnavailableError } from "./errors.ts";
import { TimedOutError, TooLargeError, type Transport, type TransportResponse } from "./post.ts";

/** The largest answer that is read by default: a verdict has less. */
const MAX_ANSWER_BYTES = 1_024 * 1_024;
/** Statuses that another verifier, or the same one later, may not give. */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface PoolOptions {
  /** Base URLs of the verifiers without a slash at the end, nearest first. */
  urls: readonly string[];
  token: string;
  /** Time for both attempts together, ms, unless a request has its own. */
  timeoutMs: number;
  transport: Transport;
  /** Ms since any moment, by a clock that never jumps. */
  now: () => number;
}

interface PostOptions {
  signal?: AbortSignal | undefined;
  maxBytes?: number;
  /** Time for both attempts together, ms. */
  timeoutMs?: number;
}

interface Verifier {
  url: string;
  /** Its name in messages. */
  origin: string;
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
      url,
      origin: originOf(url),
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
    { signal, maxBytes = MAX_ANSWER_BYTES, timeoutMs = this.#options.timeoutMs }: PostOptions = {},
  ): Promise<Value> {
    const { now } = this.#options;
    const endsAt = now() + timeoutMs;
    // Both attempts carry one key: a verifier that already counted the first doesn't count the second.
    const idempotencyKey = crypto.randomUUID();
    const [first, other] = this.#verifiers.filter(({ breaker }) => breaker.allows(now()));
    const permit = first?.breaker.begin(now());
    if (!first || !permit) throw new VerdictUnavailableError("Every verifier failed recently.");
    const attempt = (verifier: Verifier, permitted: Permit, limitMs: number) =>
      this.#attempt(verifier, permitted, { path, body, idempotencyKey, limitMs, isAnswer, maxBytes, signal });
    try {
      // Half of the time, so that the other verifier still has a chance to answer.
      return await attempt(first, permit, other ? timeoutMs / 2 : timeoutMs);
    } catch (error) {
      if (!(error instanceof AttemptError)) throw error;
      const second = other ?? (error.timedOut || error.answered ? undefined : first);
      const leftMs = endsAt - now();
      const permitted = leftMs > 0 && second?.breaker.begin(now());
      if (!second || !permitted) throw unavailable(error);
      return await attempt(second, permitted, leftMs).catch((secondError: unknown) => {
        throw secondError instanceof AttemptError ? unavailable(secondError) : secondError;
      });
    }
  }

  async #attempt<Value>(
    { url, origin }: Verifier,
    permit: Permit,
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
      const value = readResponse(response, origin, request.isAnswer);
      permit.succeed();
      return value;
    } catch (error) {
      if (signal?.aborted) {
        permit.abandon();
        throw signal.reason;
      }
      if (error instanceof ConfigurationError) {
        permit.succeed();
        throw error;
      }
      permit.fail(now());
      throw error instanceof AttemptError ? error : withoutAnswer(error, origin);
    }
  }
}

function withoutAnswer(error: unknown, origin: string): AttemptError {
  if (error instanceof TimedOutError)
    return new AttemptError(`The verifier at ${origin} did not answer in time.`, { timedOut: true });
  if (error instanceof TooLargeError)
    return new AttemptError(`The answer of the verifier at ${origin} is too large.`, { answered: true });
  return new AttemptError(`The verifier at ${origin} can't be reached: ${reasonOf(error)}`, { cause: error });
}

/** The innermost message: that of `fetch` is only that it failed, and that of several addresses is empty. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  if (error instanceof Error) return error.cause === undefined ? error.message.trim() : reasonOf(error.cause);
  return String(error);
}

function readResponse<Value>(
  { status, text }: TransportResponse,
  origin: string,
  isAnswer: (value: unknown) => value is Value,
): Value {
  const value = parseJson(text);
  const isSuccess = status === 200 || status === 204;
  if (isSuccess && isAnswer(value)) return value;
  if (isSuccess || TRANSIENT.has(status)) {
    const detail = isSuccess ? "without a verdict" : String(status);
    throw new AttemptError(`The verifier at ${origin} answered ${detail}.`, { answered: true });
  }
  throw new ConfigurationError(status, (typeof value === "object" && value ? value : {}) as Problem, origin);
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
