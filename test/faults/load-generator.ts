import type { ValidVerdict } from "#core/verdict.ts";
import {
  allowedCodes,
  consume,
  type KeyState,
  type ModelCheck,
  type ModelKey,
  type ModelSecret,
  triedCode,
} from "./model.ts";
import type { ProductAndModel } from "./product-and-model.ts";
import { sentAs } from "./rules.ts";

const STALE_MAX_MS = 60_000;
type Counts = Map<string, number>;

/** What a verifier that can't reach its database knows, and since when that may be old. */
export interface Known {
  state: KeyState;
  sinceMs: number;
}

interface Asking {
  /** Which of the two engines. */
  which: number;
  key: ModelKey;
  secret: ModelSecret;
  check: ModelCheck;
  known?: Known;
}

/** Asks the product, and holds what it answers against the model. */
export class LoadGenerator {
  /** By key and code, what the usage figures have to say at the end; and of trial sets the same. */
  readonly answered: Counts = new Map();
  readonly tried: Counts = new Map();
  /** How often each answer was seen. */
  readonly seen: Counts = new Map();
  readonly #both: ProductAndModel;

  constructor(both: ProductAndModel) {
    this.#both = both;
  }

  async ask({ which, key, secret, check, known }: Asking): Promise<void> {
    const nowMs = this.#both.clock.now();
    const state = known?.state ?? key;
    const isSilent = known && nowMs - known.sinceMs > STALE_MAX_MS;
    const allowed = isSilent ? ["CANNOT_VOUCH"] : allowedCodes(key, secret, check, nowMs, state);
    const verdict = await this.#both.product.check(which, secret.token, sentAs(check));
    const code = verdict === "CANNOT_VOUCH" ? verdict : verdict.code;
    this.#both.note(`check ${key.id} ${secret.id} at ${which} ${JSON.stringify(check)}: ${code}`);
    if (!allowed.includes(code)) throw new Error(`${code} where only ${allowed} may be`);
    add(this.seen, known && code !== "CANNOT_VOUCH" ? "answered while cut off" : code);
    if (verdict === "CANNOT_VOUCH") return;
    if (verdict.keyId !== key.id) throw new Error(`the verdict is about ${verdict.keyId}`);
    add(this.answered, `${key.id} ${code}`);
    if (!verdict.valid) return;
    consume(key, check.cost, nowMs);
    const tried = triedCode(state, check);
    if (tried !== null) add(this.tried, `${key.id} ${tried}`);
    holdFacts(verdict, key, secret, nowMs);
  }

  /** A secret that nobody was ever given. */
  async askWith(token: string, which: number, check: ModelCheck, expected: string): Promise<void> {
    const verdict = await this.#both.product.check(which, token, sentAs(check));
    const code = verdict === "CANNOT_VOUCH" ? verdict : verdict.code;
    this.#both.note(`check with junk at ${which}: ${code}`);
    if (code !== expected) throw new Error(`${code} where only ${expected} may be`);
    add(this.seen, code);
    add(this.answered, ` ${code}`);
  }
}

function holdFacts(verdict: ValidVerdict, key: ModelKey, secret: ModelSecret, nowMs: number): void {
  const lapses = secret.lapsesAtMs === null ? null : new Date(secret.lapsesAtMs).toISOString();
  if ((verdict.rotation?.lapsesAt ?? null) !== lapses) throw new Error("the overlap's end is told wrongly");
  const limited = [key, key.project];
  const left = Math.min(...limited.map((one) => one.quotaLeft(nowMs)));
  if ((verdict.quota?.remaining ?? Number.POSITIVE_INFINITY) !== left)
    throw new Error(`of the quota ${left} is left, not ${verdict.quota?.remaining}`);
  const [ofKey, ofProject] = limited.map((one) => one.rateLeft(nowMs));
  if (!ofKey || !ofProject) return;
  const told = verdict.rateLimit?.remaining ?? Number.POSITIVE_INFINITY;
  const [least, most] = [Math.min(ofKey[0], ofProject[0]), Math.min(ofKey[1], ofProject[1])];
  if (told < least || told > most)
    throw new Error(`of the rate between ${least} and ${most} is left, not ${told}`);
}

function add(counts: Counts, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
