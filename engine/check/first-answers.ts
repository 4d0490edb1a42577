import { createHash } from "node:crypto";
import type { Reply } from "./reply.ts";

/** How long a first answer is repeated, ms. */
const KEPT_MS = 60_000;
/** What all first answers together may take, bytes. A busy verifier keeps the newest of them. */
const MAX_BYTES = 64 * 1_024 * 1_024;
/** Of an entry besides its texts, about. */
const ENTRY_BYTES = 300;

/** The first request with an idempotency key: still being answered, or answered with verdicts. */
export interface FirstAnswer {
  bodyHash: string;
  /** Null while it is being answered. */
  reply: Reply | null;
  /** Requests with the same key that came meanwhile. */
  waiting: ((reply: Reply) => void)[];
  /** By the monotonic clock, ms. */
  endsAt: number;
  bytes: number;
}

/**
 * First answers of the last minute, by service token and `Idempotency-Key`, in this process only. Bounded by
 * bytes: where there is no room, the service token that holds most loses its oldest.
 */
export class FirstAnswers {
  readonly #clock: () => number;
  readonly #maxBytes: number;
  /** Oldest first within a token. */
  readonly #byToken = new Map<string, Map<string, FirstAnswer>>();
  #bytes = 0;

  /** `clock`: monotonic, ms. */
  constructor(clock: () => number, maxBytes = MAX_BYTES) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The first request of this token with this key; null when there is none within a minute. */
  find(tokenId: string, key: string): FirstAnswer | null {
    this.#dropExpired(tokenId);
    const found = this.#byToken.get(tokenId)?.get(key);
    return found && found.endsAt > this.#clock() ? found : null;
  }

  /** Notes a first request. The function returned has to be called with its answer, once. */
  begin(tokenId: string, key: string, bodyHash: string): (reply: Reply) => void {
    this.#remove(tokenId, key);
    const entries = this.#byToken.get(tokenId) ?? new Map<string, FirstAnswer>();
    this.#byToken.set(tokenId, entries);
    const bytes = ENTRY_BYTES + key.length;
    const first: FirstAnswer = {
      bodyHash,
      reply: null,
      waiting: [],
      endsAt: Number.POSITIVE_INFINITY,
      bytes,
    };
    entries.set(key, first);
    this.#bytes += bytes;
    return (reply) => this.#settle(tokenId, key, first, reply);
  }

  /** Only verdicts are kept: after a problem, the same request is judged anew. */
  #settle(tokenId: string, key: string, first: FirstAnswer, reply: Reply): void {
    const isKept = this.#byToken.get(tokenId)?.get(key) === first;
    if (isKept && reply.status !== 200) this.#remove(tokenId, key);
    if (isKept && reply.status === 200) {
      first.reply = reply;
      first.endsAt = this.#clock() + KEPT_MS;
      first.bytes += reply.body.length;
      this.#bytes += reply.body.length;
      this.#makeRoom();
    }
    for (const tell of first.waiting.splice(0)) tell(reply);
  }

  #makeRoom(): void {
    if (this.#bytes <= this.#maxBytes) return;
    for (const tokenId of [...this.#byToken.keys()]) this.#dropExpired(tokenId);
    while (this.#bytes > this.#maxBytes) {
      const [tokenId, entries] = [...this.#byToken].reduce((most, one) =>
        one[1].size > most[1].size ? one : most,
      );
      const [oldest] = entries.keys();
      if (oldest === undefined) return;
      this.#remove(tokenId, oldest);
    }
  }

  #dropExpired(tokenId: string): void {
    const nowMs = this.#clock();
    for (const [key, { endsAt }] of this.#byToken.get(tokenId) ?? []) {
      if (endsAt > nowMs) return;
      this.#remove(tokenId, key);
    }
  }

  #remove(tokenId: string, key: string): void {
    const entries = this.#byToken.get(tokenId);
    const first = entries?.get(key);
    if (!entries || !first) return;
    entries.delete(key);
    this.#bytes -= first.bytes;
    if (entries.size === 0) this.#byToken.delete(tokenId);
  }
}

/** What is kept of a body, which holds a secret. */
export function hashBody(body: Buffer): string {
  return createHash("sha256").update(body).digest("base64");
}
