import { createHash } from "node:crypto";
import type { Reply } from "./reply.ts";

/** How long a first answer is repeated to later requests, ms. */
export const KEPT_MS = 60_000;
/** Maximum memory for all first answers, bytes. A busy verifier keeps only the newest. */
const MAX_BYTES = 64 * 1_024 * 1_024;
/** The approximate size of an entry without its texts. */
const ENTRY_BYTES = 300;

/** The first request with an idempotency key: still being answered, or answered with verdicts. */
export interface FirstAnswer {
  bodyHash: string;
  /** Null while it is being answered. */
  reply: Reply | null;
  /** Requests with the same key that arrived in the meantime. */
  waiting: ((reply: Reply) => void)[];
  /** By the monotonic clock, ms. */
  endsAt: number;
  bytes: number;
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

  /** The first request of this token with this key; null if there was none in the last minute. */
  find(tokenId: string, key: string): FirstAnswer | null {
    this.#dropExpired(tokenId);
    const found = this.#byToken.get(tokenId)?.get(key);
    return found && found.endsAt > this.#clock() ? found : null;
  }

  /** Stores a first request. */
  begin(tokenId: string, key: string, bodyHash: string): KeepFirst {
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
    return (reply, keptMs = KEPT_MS) => this.#settle(tokenId, key, first, { reply, keptMs });
  }

  /** Keeps only verdicts: after a problem, the same request is judged again. */
  #settle(
    tokenId: string,
    key: string,
    first: FirstAnswer,
    { reply, keptMs }: { reply: Reply; keptMs: number },
  ): void {
    const isKept = this.#byToken.get(tokenId)?.get(key) === first;
    if (isKept && reply.status !== 200) this.#remove(tokenId, key);
    if (isKept && reply.status === 200) {
      first.reply = reply;
      first.endsAt = this.#clock() + keptMs;
      first.bytes += reply.body.length;
      this.#bytes += reply.body.length;
      this.#makeRoom();
    }
    for (const respond of first.waiting.splice(0)) respond(reply);
  }

  #makeRoom(): void {
    if (this.#bytes <= this.#maxBytes) return;
    for (const tokenId of [...this.#byToken.keys()]) this.#dropExpired(tokenId);
    while (this.#bytes > this.#maxBytes) {
      const [tokenId, entries] = [...this.#byToken].reduce((largest, one) =>
        one[1].size > largest[1].size ? one : largest,
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

/** Only a hash of the body is kept, because the body contains a secret. */
export function hashBody(body: Buffer): string {
  return createHash("sha256").update(body).digest("base64");
}
