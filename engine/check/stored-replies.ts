import { hash } from "node:crypto";
import type { Reply } from "./reply.ts";

/** How long a stored reply is repeated to later requests, ms. */
export const REPLAY_MS = 60_000;
/** Maximum memory for all stored replies, bytes. A busy verifier keeps only the newest. */
const MAX_BYTES = 64 * 1_024 * 1_024;
/** The approximate size of an entry without its texts. */
const ENTRY_BYTES = 300;

/** The first request with an idempotency key: still being answered, or answered with verdicts. */
export interface StoredReply {
  key: string;
  bodyHash: string;
  /** Null while it is being answered. */
  reply: Reply | null;
  /** Requests with the same key that arrived in the meantime; null for none. */
  waiting: ((reply: Reply) => void)[] | null;
  /** By the monotonic clock, ms. */
  endsAt: number;
  bytes: number;
  /** Its neighbors among the replies to the service token. */
  older: StoredReply | null;
  newer: StoredReply | null;
}

/**
 * The stored replies to one service token, linked by age. The oldest one is not found with the map: iterating over it
 * begins with the gaps of all entries that were deleted before, tens of thousands on a busy verifier.
 */
interface RepliesOfToken {
  byKey: Map<string, StoredReply>;
  oldest: StoredReply | null;
  newest: StoredReply | null;
}

/** Must be called once, with the reply to a first request. `replayMs`: how long it is repeated, 60 seconds by default. */
export type StoreReply = (reply: Reply, replayMs?: number) => void;

/**
 * Stored replies of the last minute, by service token and `Idempotency-Key`, in this process only. Bounded by bytes:
 * if they exceed the bound, the service token with the most entries loses its oldest.
 */
export class StoredReplies {
  readonly #clock: () => number;
  readonly #maxBytes: number;
  readonly #byToken = new Map<string, RepliesOfToken>();
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
  find(tokenId: string, key: string): StoredReply | null {
    const replies = this.#byToken.get(tokenId);
    if (replies === undefined) return null;
    this.#dropExpired(tokenId, replies);
    const found = replies.byKey.get(key);
    return found && found.endsAt > this.#clock() ? found : null;
  }

  /** Stores a first request. */
  begin(tokenId: string, key: string, bodyHash: string): StoreReply {
    const before = this.#byToken.get(tokenId)?.byKey.get(key);
    if (before !== undefined) this.#remove(tokenId, before);
    const replies = this.#byToken.get(tokenId) ?? { byKey: new Map(), oldest: null, newest: null };
    this.#byToken.set(tokenId, replies);
    const first: StoredReply = {
      key,
      bodyHash,
      reply: null,
      waiting: null,
      endsAt: Number.POSITIVE_INFINITY,
      bytes: ENTRY_BYTES + key.length,
      older: replies.newest,
      newer: null,
    };
    if (replies.newest === null) replies.oldest = first;
    else replies.newest.newer = first;
    replies.newest = first;
    replies.byKey.set(key, first);
    this.#bytes += first.bytes;
    return (reply, replayMs = REPLAY_MS) => this.#settle(tokenId, first, { reply, replayMs });
  }

  /** Keeps only verdicts: after a problem, the same request is evaluated again. */
  #settle(
    tokenId: string,
    first: StoredReply,
    { reply, replayMs }: { reply: Reply; replayMs: number },
  ): void {
    const isKept = this.#byToken.get(tokenId)?.byKey.get(first.key) === first;
    if (isKept && reply.status !== 200) this.#remove(tokenId, first);
    if (isKept && reply.status === 200) {
      first.reply = reply;
      first.endsAt = this.#clock() + replayMs;
      first.bytes += reply.body.length;
      this.#bytes += reply.body.length;
      this.#evict();
    }
    const waiting = first.waiting ?? [];
    first.waiting = null;
    for (const respond of waiting) respond(reply);
  }

  #evict(): void {
    if (this.#bytes <= this.#maxBytes) return;
    for (const [tokenId, replies] of [...this.#byToken]) this.#dropExpired(tokenId, replies);
    while (this.#bytes > this.#maxBytes) {
      const [tokenId, { oldest }] = [...this.#byToken].reduce((largest, one) =>
        one[1].byKey.size > largest[1].byKey.size ? one : largest,
      );
      if (oldest === null) return;
      this.#remove(tokenId, oldest);
    }
  }

  #dropExpired(tokenId: string, replies: RepliesOfToken): void {
    const nowMs = this.#clock();
    while (replies.oldest !== null && replies.oldest.endsAt <= nowMs) this.#remove(tokenId, replies.oldest);
  }

  #remove(tokenId: string, first: StoredReply): void {
    const replies = this.#byToken.get(tokenId);
    if (replies === undefined) return;
    const { older, newer } = first;
    if (older === null) replies.oldest = newer;
    else older.newer = newer;
    if (newer === null) replies.newest = older;
    else newer.older = older;
    // An answer that was dropped must not keep later ones in memory.
    first.older = first.newer = null;
    replies.byKey.delete(first.key);
    this.#bytes -= first.bytes;
    if (replies.byKey.size === 0) this.#byToken.delete(tokenId);
  }
}

/** Only a hash of the body is kept, because the body contains a secret. */
export function hashBody(body: Buffer): string {
  return hash("sha256", body, "base64");
}
