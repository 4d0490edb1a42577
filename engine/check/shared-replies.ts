import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { RedisConnection } from "../redis/connection.ts";
import { openRedis } from "../redis/open.ts";
import { HttpProblem, type Reply, verdictReply } from "./reply.ts";
import { REPLAY_MS } from "./stored-replies.ts";

/** How long another verifier may take to answer the first request before its claim ends, ms. */
const CLAIM_MS = 10_000;
/**
 * How long a repetition waits for that answer before it is evaluated as well, ms. Short enough that a retry succeeds
 * within the timeout of an SDK after a verifier has hung.
 */
const WAIT_MS = 200;
const POLL_MS = 25;
/** Timeout of requests to Redis: a missed repetition costs less than a slow check. */
const TIMEOUT_MS = 250;
const MAX_PENDING = 10_000;
/** The size of the largest answer that is shared, and how much one process shares in a minute, bytes. */
const MAX_REPLY_BYTES = 64 * 1_024;
const MAX_BYTES_PER_MINUTE = 32 * 1_024 * 1_024;

/** What Redis holds for an `Idempotency-Key`. */
interface Stored {
  bodyHash: string;
  requestId: string;
  /** Random, of the claim. */
  owner: string;
  /** Null while the first request is being answered. */
  body: string | null;
}

/** The right to answer first. `settle` must be called once, with the reply. */
interface Claim {
  settle: (reply: Reply) => void;
}

/** What another verifier answered, and for how long that is kept, ms. */
interface SharedReply {
  reply: Reply;
  replayMs: number;
}

/** Replaces a value by another, or deletes it for an empty one, unless it has changed. Returns 1 if it was replaced. */
const REPLACE_SCRIPT = `
if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == "" then redis.call("DEL", KEYS[1]) else redis.call("SET", KEYS[1], ARGV[2], "PX", ARGV[3]) end
return 1`;

interface Options {
  url: string;
  /** Monotonic, ms. */
  clock?: () => number;
  claimMs?: number;
  waitMs?: number;
}

/**
 * Stored replies by service token and `Idempotency-Key`, shared by all verifiers through Redis. While Redis is
 * unavailable, or for answers beyond the bounds, a verifier knows only its own.
 */
export class SharedReplies {
  readonly #redis: RedisConnection;
  readonly #clock: () => number;
  readonly #claimMs: number;
  readonly #waitMs: number;
  #minuteSince = 0;
  #minuteBytes = 0;

  constructor({ url, clock = () => performance.now(), claimMs = CLAIM_MS, waitMs = WAIT_MS }: Options) {
    this.#clock = clock;
    this.#claimMs = claimMs;
    this.#waitMs = waitMs;
    // The limits report an unavailable Redis.
    this.#redis = openRedis(url, MAX_PENDING);
  }

  /**
   * The answer that another verifier gave to the first request, or a claim if this one is to be evaluated. Waits shortly
   * while another verifier answers, and then takes over its claim. While Redis does not answer, every request is a
   * first one. Throws `HttpProblem` for a key that was used with another body.
   */
  async claim(tokenId: string, key: string, bodyHash: string): Promise<SharedReply | Claim> {
    const name = nameOf(tokenId, key);
    const owner = randomBytes(12).toString("base64url");
    const mine = JSON.stringify({ bodyHash, requestId: "", owner, body: null } satisfies Stored);
    const claim: Claim = { settle: (reply) => this.#settle(name, mine, reply) };
    const claimMs = String(this.#claimMs);
    const deadline = this.#clock() + this.#waitMs;
    for (;;) {
      // Not `NX GET`, which needs Redis 7.
      if ((await this.#ask<string | null>(name, ["SET", name, mine, "NX", "PX", claimMs])) !== null)
        return claim;
      const text = await this.#ask<string | null>(name, ["GET", name]);
      if (text === undefined) return claim;
      // Its claim ended: that verifier died, or gave no verdict.
      if (text === null) continue;
      const stored: Stored = JSON.parse(text);
      if (stored.bodyHash !== bodyHash)
        throw new HttpProblem(422, "This Idempotency-Key was used with another body within the last minute.");
      if (stored.body !== null) {
        const leftMs = await this.#ask<number>(name, ["PTTL", name]);
        return { reply: verdictReply(stored.requestId, stored.body), replayMs: Math.max(0, leftMs ?? 0) };
      }
      // Nobody knows whether that verifier still answers. It can't settle anymore.
      if (this.#clock() >= deadline && (await this.#replace(name, text, mine, this.#claimMs)) !== 0)
        return claim;
      await sleep(POLL_MS);
    }
  }

  /**
   * Shares the answer to a claimed request, or ends the claim if it is no verdict or too long. Without effect if Redis
   * never stored the claim, or it ended or was taken over.
   */
  #settle(name: string, mine: string, { status, headers, body }: Reply): void {
    const isShared = status === 200 && this.#canShare(body.length);
    const stored: Stored = { ...JSON.parse(mine), requestId: headers["X-Request-Id"] ?? "", body };
    void this.#replace(name, mine, isShared ? JSON.stringify(stored) : "", REPLAY_MS);
  }

  /** 1 if the value was replaced, 0 if it had changed. An empty `to` deletes. */
  #replace(name: string, from: string, to: string, replayMs: number): Promise<number | undefined> {
    return this.#ask<number>(name, ["EVAL", REPLACE_SCRIPT, "1", name, from, to, String(replayMs)]);
  }

  close(): void {
    this.#redis.close();
  }

  #canShare(bytes: number): boolean {
    if (this.#clock() - this.#minuteSince > REPLAY_MS)
      [this.#minuteSince, this.#minuteBytes] = [this.#clock(), 0];
    if (bytes > MAX_REPLY_BYTES || this.#minuteBytes + bytes > MAX_BYTES_PER_MINUTE) return false;
    this.#minuteBytes += bytes;
    return true;
  }

  /** Undefined if Redis does not answer in time. */
  async #ask<T>(name: string, command: string[]): Promise<T | undefined> {
    if (!this.#redis.isReady(name)) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), TIMEOUT_MS);
    });
    const response = this.#redis.send<T>(name, command).catch(() => undefined);
    return Promise.race([response, late]).finally(() => clearTimeout(timer));
  }
}

/** A hash: the key is a caller's text. */
function nameOf(tokenId: string, key: string): string {
  return `latchkey:answer:${createHash("sha256").update(`${tokenId}\n${key}`).digest("base64url")}`;
}
