import { hash } from "node:crypto";
import { type Reply, verdictReply } from "./reply.ts";
import { ReplyLog, ReplyQueue } from "./reply-log.ts";

/** How long a stored reply is repeated to later requests, ms. */
export const REPLAY_MS = 60_000;
/** Maximum memory for all stored replies, bytes. A busy verifier keeps only the newest. */
const MAX_BYTES = 64 * 1_024 * 1_024;
/** How many expired replies are removed at once: more than requests store, and so few that no request waits for it. */
const MAX_REMOVED = 500;

/** The first request with an idempotency key: still being answered, or answered with verdicts. */
export interface StoredReply {
  bodyHash: string;
  /** Null while it is being answered. */
  reply: Reply | null;
  /** Requests with the same key that arrived in the meantime; null for none. */
  waiting: ((reply: Reply) => void)[] | null;
}

/** Those of one service token. */
interface RepliesOfToken {
  /** First requests that are being answered, by key. Load shedding bounds their number. */
  pending: Map<string, StoredReply>;
  settled: ReplyQueue;
}

/** Must be called once, with the reply to a first request. `replayMs`: how long it is repeated, 60 seconds by default. */
export type StoreReply = (reply: Reply, replayMs?: number) => void;

/**
 * Stored replies of the last minute, by service token and `Idempotency-Key`, in this process only. Bounded by bytes:
 * if they exceed the bound, the service token whose replies take the most memory loses its oldest.
 */
export class StoredReplies {
  readonly #clock: () => number;
  readonly #maxBytes: number;
  readonly #byToken = new Map<string, RepliesOfToken>();
  readonly #log: ReplyLog;

  /** `clock`: monotonic, ms. */
  constructor(clock: () => number, maxBytes = MAX_BYTES) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
    this.#log = new ReplyLog(maxBytes);
  }

  get bytes(): number {
    return this.#log.bytes;
  }

  /** The first request of this token with this key; null if there was none in the last minute. */
  find(tokenId: string, key: string): StoredReply | null {
    const replies = this.#byToken.get(tokenId);
    if (replies === undefined) return null;
    const nowMs = this.#clock();
    this.#removeExpired(tokenId, replies, nowMs);
    const pending = replies.pending.get(key);
    if (pending !== undefined) return pending;
    const found = this.#log.find(replies.settled, key);
    if (found === null || found.endsAt <= nowMs) return null;
    return { bodyHash: found.bodyHash, reply: verdictReply(found.requestId, found.body), waiting: null };
  }

  /** Stores a first request. Until it is settled, an earlier one with the same key is not found. */
  begin(tokenId: string, key: string, bodyHash: string): StoreReply {
    const replies = this.#byToken.get(tokenId) ?? { pending: new Map(), settled: new ReplyQueue() };
    this.#byToken.set(tokenId, replies);
    const first: StoredReply = { bodyHash, reply: null, waiting: null };
    replies.pending.set(key, first);
    return (reply, replayMs = REPLAY_MS) => {
      if (replies.pending.get(key) === first) {
        replies.pending.delete(key);
        // A map's earlier tables refer to its later ones. Once one is among old objects, they would keep every key until
        // the next full garbage collection.
        if (replies.pending.size === 0) replies.pending = new Map();
        this.#settle(replies, key, { bodyHash, reply, replayMs });
        this.#forgetEmpty(tokenId, replies);
      }
      const waiting = first.waiting ?? [];
      first.waiting = null;
      for (const respond of waiting) respond(reply);
    };
  }

  /** Keeps only verdicts: after a problem, the same request is evaluated again. */
  #settle(
    { settled }: RepliesOfToken,
    key: string,
    { bodyHash, reply, replayMs }: { bodyHash: string; reply: Reply; replayMs: number },
  ): void {
    const { status, headers, body } = reply;
    if (status !== 200) return;
    const endsAt = this.#clock() + replayMs;
    this.#log.add(settled, key, { bodyHash, endsAt, requestId: headers["X-Request-Id"] ?? "", body });
    this.#evict();
  }

  #evict(): void {
    const nowMs = this.#clock();
    for (const [tokenId, replies] of this.#byToken) {
      if (this.#log.bytes <= this.#maxBytes) return;
      this.#removeExpired(tokenId, replies, nowMs);
    }
    while (this.#log.bytes > this.#maxBytes) {
      const [tokenId, largest] = [...this.#byToken].reduce((largest, one) =>
        one[1].settled.bytes > largest[1].settled.bytes ? one : largest,
      );
      this.#log.removeOldest(largest.settled);
      this.#forgetEmpty(tokenId, largest);
    }
  }

  #removeExpired(tokenId: string, replies: RepliesOfToken, nowMs: number): void {
    this.#log.removeExpired(replies.settled, nowMs, MAX_REMOVED);
    this.#forgetEmpty(tokenId, replies);
  }

  #forgetEmpty(tokenId: string, { pending, settled }: RepliesOfToken): void {
    if (pending.size === 0 && settled.bytes === 0) this.#byToken.delete(tokenId);
  }
}

/** Only a hash of the body is kept, because the body contains a secret. */
export function hashBody(body: Buffer): string {
  return hash("sha256", body, "base64");
}
