import { hash } from "node:crypto";
import type { Reply } from "./reply.ts";

/** How long a first answer is repeated to later requests, ms. */
export const KEPT_MS = 60_000;
/** Maximum memory for all first answers, bytes. A busy verifier keeps only the newest. */
const MAX_BYTES = 64 * 1_024 * 1_024;
/** The approximate size of an entry without its texts. */
const ENTRY_BYTES = 300;

/** The first request with an idempotency key: still being answered, or answered with verdicts. */
export interface FirstAnswer {
  key: string;
  bodyHash: string;
  /** Null while it is being answered. */
  reply: Reply | null;
  /** Requests with the same key that arrived in the meantime; null for none. */
  waiting: ((reply: Reply) => void)[] | null;
  /** By the monotonic clock, ms. */
  endsAt: number;
  bytes: number;
  /** Its neighbors among the answers of the service token. */
  older: FirstAnswer | null;
  newer: FirstAnswer | null;
}

/**
 * The first answers to one service token, linked by age. The oldest one is not found with the map: iterating over it
 * begins with the gaps of all entries that were deleted before, tens of thousands on a busy verifier.
 */
interface AnswersOfToken {
  byKey: Map<string, FirstAnswer>;
  oldest: FirstAnswer | null;
  newest: FirstAnswer | null;
}

/** Must be called once, with the reply to a first request. `keptMs`: how long it is repeated, 60 seconds by default. */
export type KeepFirst = (reply: Reply, keptMs?: number) => void;

/**
 * First answers of the last minute, by service token and `Idempotency-Key`, in this process only. Bounded by bytes:
 * if they exceed the bound, the service token with the most entries loses its oldest.
 */
export class FirstAnswers {
  readonly #clock: () => number;
  readonly #maxBytes: number;
  readonly #byToken = new Map<string, AnswersOfToken>();
  #bytes = 0;

  /** `clock`: monotonic, ms. */
  constructor(clock: () => number, maxBytes = MAX_BYTES) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The first request of this token with this key; null if there was none in the last minute. */
  find(tokenId: string, key: string): FirstAnswer | null {
    const answers = this.#byToken.get(tokenId);
    if (answers === undefined) return null;
    this.#dropExpired(tokenId, answers);
    const found = answers.byKey.get(key);
    return found && found.endsAt > this.#clock() ? found : null;
  }

  /** Stores a first request. */
  begin(tokenId: string, key: string, bodyHash: string): KeepFirst {
    const before = this.#byToken.get(tokenId)?.byKey.get(key);
    if (before !== undefined) this.#remove(tokenId, before);
    const answers = this.#byToken.get(tokenId) ?? { byKey: new Map(), oldest: null, newest: null };
    this.#byToken.set(tokenId, answers);
    const first: FirstAnswer = {
      key,
      bodyHash,
      reply: null,
      waiting: null,
      endsAt: Number.POSITIVE_INFINITY,
      bytes: ENTRY_BYTES + key.length,
      older: answers.newest,
      newer: null,
    };
    if (answers.newest === null) answers.oldest = first;
    else answers.newest.newer = first;
    answers.newest = first;
    answers.byKey.set(key, first);
    this.#bytes += first.bytes;
    return (reply, keptMs = KEPT_MS) => this.#settle(tokenId, first, { reply, keptMs });
  }

  /** Keeps only verdicts: after a problem, the same request is judged again. */
  #settle(tokenId: string, first: FirstAnswer, { reply, keptMs }: { reply: Reply; keptMs: number }): void {
    const isKept = this.#byToken.get(tokenId)?.byKey.get(first.key) === first;
    if (isKept && reply.status !== 200) this.#remove(tokenId, first);
    if (isKept && reply.status === 200) {
      first.reply = reply;
      first.endsAt = this.#clock() + keptMs;
      first.bytes += reply.body.length;
      this.#bytes += reply.body.length;
      this.#makeRoom();
    }
    const waiting = first.waiting ?? [];
    first.waiting = null;
    for (const respond of waiting) respond(reply);
  }

  #makeRoom(): void {
    if (this.#bytes <= this.#maxBytes) return;
    for (const [tokenId, answers] of [...this.#byToken]) this.#dropExpired(tokenId, answers);
    while (this.#bytes > this.#maxBytes) {
      const [tokenId, { oldest }] = [...this.#byToken].reduce((largest, one) =>
        one[1].byKey.size > largest[1].byKey.size ? one : largest,
      );
      if (oldest === null) return;
      this.#remove(tokenId, oldest);
    }
  }

  #dropExpired(tokenId: string, answers: AnswersOfToken): void {
    const nowMs = this.#clock();
    while (answers.oldest !== null && answers.oldest.endsAt <= nowMs) this.#remove(tokenId, answers.oldest);
  }

  #remove(tokenId: string, first: FirstAnswer): void {
    const answers = this.#byToken.get(tokenId);
    if (answers === undefined) return;
    const { older, newer } = first;
    if (older === null) answers.oldest = newer;
    else older.newer = newer;
    if (newer === null) answers.newest = older;
    else newer.older = older;
    // An answer that was dropped must not keep later ones in memory.
    first.older = first.newer = null;
    answers.byKey.delete(first.key);
    this.#bytes -= first.bytes;
    if (answers.byKey.size === 0) this.#byToken.delete(tokenId);
  }
}

/** Only a hash of the body is kept, because the body contains a secret. */
export function hashBody(body: Buffer): string {
  return hash("sha256", body, "base64");
}
