import type { ValidVerdict } from "#core/verdict-schema.ts";
import {
  allowedCodes,
  consume,
  type KeyState,
  limitedBy,
  type ModelCheck,
  ModelComparisons,
  type ModelKey,
  type ModelSecret,
  reportOnlyCode,
} from "./model.ts";
import type { Limited } from "./model-limits.ts";
import { LOCAL } from "./product.ts";
import type { ProductAndModel } from "./product-and-model.ts";
import { toProductCheck } from "./rules.ts";

const STALE_MAX_MS = 60_000;
type Counts = Map<string, number>;

/** What a disconnected verifier knows about a key, and since when that may be stale. */
export interface Known {
  state: KeyState;
  sinceMs: number;
}

interface ModelCheckRun {
  /** Index of the engine. */
  which: number;
  key: ModelKey;
  secret: ModelSecret;
  check: ModelCheck;
  known?: Known;
}

/** Sends checks to the product and compares each verdict with the model's. */
export class LoadGenerator {
  /** By key and code, what the usage counters must contain at the end. */
  readonly answered: Counts = new Map();
  /** The same for report-only restrictions. */
  readonly reportOnly: Counts = new Map();
  /** Number of answers of each kind. */
  readonly seen: Counts = new Map();
  readonly #both: ProductAndModel;
  readonly #comparisons = new Map<number, ModelComparisons>();

  constructor(both: ProductAndModel) {
    this.#both = both;
  }

  async check({ which, key, secret, check, known }: ModelCheckRun): Promise<void> {
    const nowMs = this.#both.clock.now();
    const state = known?.state ?? key;
    const isUnavailable = known && nowMs - known.sinceMs > STALE_MAX_MS;
    const allowed = isUnavailable ? ["UNAVAILABLE"] : allowedCodes(key, secret, check, nowMs, state);
    const verdict = await this.#both.product.check(which, secret.token, toProductCheck(check));
    const code = verdict === "UNAVAILABLE" ? verdict : verdict.code;
    this.#both.note(`check ${key.id} ${secret.id} at ${which} ${JSON.stringify(check)}: ${code}`);
    const isPostponed =
      verdict !== "UNAVAILABLE" && verdict.code === "RATE_LIMITED" && verdict.keyId === undefined;
    const mayPostpone = this.#comparisonsOf(which).mayPostpone(secret, nowMs);
    if (isPostponed && mayPostpone) {
      add(this.answered, ` ${code}`);
      add(this.seen, code);
      return;
    }
    if (!allowed.includes(code)) throw new Error(`${code} where only ${allowed} is allowed`);
    add(this.seen, known && code !== "UNAVAILABLE" ? "answered while cut off" : code);
    if (verdict === "UNAVAILABLE") return;
    if (verdict.keyId !== key.id) throw new Error(`the verdict is about ${verdict.keyId}`);
    add(this.answered, `${key.id} ${code}`);
    if (!verdict.valid) return;
    const limited = limitedBy(key, check);
    consume(key, check, nowMs);
    const reportOnly = reportOnlyCode(state, check);
    if (reportOnly !== null) add(this.reportOnly, `${key.id} ${reportOnly}`);
    checkFacts(verdict, limited, secret, nowMs);
  }

  /** The service asks engine 0 about tokens that have to be compared. */
  #comparisonsOf(which: number): ModelComparisons {
    const engine = which === LOCAL ? 0 : which;
    const known = this.#comparisons.get(engine) ?? new ModelComparisons();
    this.#comparisons.set(engine, known);
    return known;
  }

  /** Exchanges a key for an access token, which is a check too. Null if it is denied. */
  async issue({ which, key, secret, check }: ModelCheckRun): Promise<string | null> {
    const { clock, product } = this.#both;
    const nowMs = clock.now();
    const allowed = allowedCodes(key, secret, check, nowMs);
    const { code, token } = await product.issueToken(which, secret.token, toProductCheck(check));
    this.#both.note(`token of ${key.id} ${secret.id} at ${which} ${JSON.stringify(check)}: ${code}`);
    // A key or secret that ends within a second gets no token, but its check was counted.
    const ends = [key.expiresAtMs, secret.lapsesAtMs].filter((at) => at !== null);
    const isEnding = code === "KEY_EXPIRED" && ends.some((at) => at > nowMs && at - nowMs < 1_000);
    const counted = isEnding ? "VALID" : code;
    if (!allowed.includes(counted)) throw new Error(`a token: ${code} where only ${allowed} is allowed`);
    add(this.answered, `${key.id} ${counted}`);
    if (counted !== "VALID") return null;
    consume(key, check, nowMs);
    const reportOnly = reportOnlyCode(key, check);
    if (reportOnly !== null) add(this.reportOnly, `${key.id} ${reportOnly}`);
    return token;
  }

  /** What a service that follows the revocations says about a token: soon, one of the allowed. */
  async verifyToken(keyId: string, token: string, allowed: string[]): Promise<void> {
    const code = await this.#both.product.verifyToken(token, allowed);
    this.#both.note(`verify a token of ${keyId}: ${code}`);
    if (!allowed.includes(code)) throw new Error(`a token is ${code} where only ${allowed} is allowed`);
    add(this.seen, code);
  }

  /** Checks a secret that was never issued. */
  async checkUnknownSecret(token: string, which: number, check: ModelCheck, expected: string): Promise<void> {
    const verdict = await this.#both.product.check(which, token, toProductCheck(check));
    const code = verdict === "UNAVAILABLE" ? verdict : verdict.code;
    this.#both.note(`check of an unknown secret at ${which}: ${code}`);
    if (code !== expected) throw new Error(`${code} where only ${expected} is allowed`);
    add(this.seen, code);
    add(this.answered, ` ${code}`);
  }
}

function checkFacts(
  verdict: ValidVerdict,
  limited: readonly Limited[],
  secret: ModelSecret,
  nowMs: number,
): void {
  const lapses = secret.lapsesAtMs === null ? null : new Date(secret.lapsesAtMs).toISOString();
  if ((verdict.rotation?.lapsesAt ?? null) !== lapses) throw new Error("the overlap's end is wrong");
  const left = Math.min(...limited.map((one) => one.quotaLeft(nowMs)));
  if ((verdict.quota?.remaining ?? Number.POSITIVE_INFINITY) !== left)
    throw new Error(`the quota's remainder is ${left}, not ${verdict.quota?.remaining}`);
  const rates = limited.map((one) => one.rateLeft(nowMs)).filter((rate) => rate !== null);
  if (rates.length < limited.length) return;
  const remaining = verdict.rateLimit?.remaining ?? Number.POSITIVE_INFINITY;
  const [least, most] = [
    Math.min(...rates.map(([least]) => least)),
    Math.min(...rates.map(([, most]) => most)),
  ];
  if (remaining < least || remaining > most)
    throw new Error(`the rate's remainder is between ${least} and ${most}, not ${remaining}`);
}

function add(counts: Counts, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
