import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@redis/client";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import { KEPT_MS } from "./first-answers.ts";
import { HttpProblem, type Reply, verdictReply } from "./reply.ts";

/** How long another verifier may take to answer the first request before its claim ends, ms. */
const CLAIM_MS = 10_000;
/** How long a repetition waits for that answer, ms. */
const WAIT_MS = 2_000;
const POLL_MS = 25;
/** Redis is asked for no longer than this: a repetition that is missed costs less than a slow check. */
const TIMEOUT_MS = 250;
const RECONNECT_DELAY_MS = 250;
const MAX_PENDING = 10_000;
/** The longest answer that is shared, and the most that one process shares in a minute, bytes. */
const MAX_ANSWER_BYTES = 64 * 1_024;
const MAX_BYTES_PER_MINUTE = 32 * 1_024 * 1_024;

/** What Redis holds for an `Idempotency-Key`. */
interface Stored {
  bodyHash: string;
  requestId: string;
  /** Null while the first request is being answered. */
  body: string | null;
}

interface Options {
  url: string;
  /** Monotonic, ms. */
  clock?: () => number;
  claimMs?: number;
  waitMs?: number;
}

/**
 * First answers by service token and `Idempotency-Key`, shared by all verifiers through Redis. While Redis is
 * unavailable, or for answers beyond the bounds, a verifier knows only its own.
 */
export class SharedAnswers {
  readonly #client;
  readonly #clock: () => number;
  readonly #claimMs: number;
  readonly #waitMs: number;
  #minuteSince = 0;
  #minuteBytes = 0;

  constructor({ url, clock = () => performance.now(), claimMs = CLAIM_MS, waitMs = WAIT_MS }: Options) {
    this.#clock = clock;
    this.#claimMs = claimMs;
    this.#waitMs = waitMs;
    const socket = { connectTimeout: 1_000, socketTimeout: 2_000, reconnectStrategy: RECONNECT_DELAY_MS };
    this.#client = createClient({
      url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MAX_PENDING,
      pingInterval: 500,
      socket,
    });
    // The limits report an unavailable Redis.
    this.#client.on("error", () => {});
    this.#client.connect().catch(() => {});
  }

  /**
   * The answer that another verifier gave to the first request; null if this one is the first, or Redis does not say.
   * Waits while another verifier answers. Throws `HttpProblem` for a key that was used with another body, and
   * `VerdictUnavailable` if that verifier takes too long.
   */
  async claim(tokenId: string, key: string, bodyHash: string): Promise<Reply | null> {
    const name = nameOf(tokenId, key);
    const mine = JSON.stringify({ bodyHash, requestId: "", body: null } satisfies Stored);
    const claimed = await this.#ask(["SET", name, mine, "NX", "PX", String(this.#claimMs)]);
    if (claimed !== null) return null;
    const deadline = this.#clock() + this.#waitMs;
    for (;;) {
      const text = await this.#ask(["GET", name]);
      // Its claim ended: that verifier died, or gave no verdict.
      if (text === null || text === undefined) return null;
      const stored: Stored = JSON.parse(text);
      if (stored.bodyHash !== bodyHash)
        throw new HttpProblem(422, "This Idempotency-Key was used with another body within the last minute.");
      if (stored.body !== null) return verdictReply(stored.requestId, stored.body);
      if (this.#clock() > deadline)
        throw new VerdictUnavailable("the first request with this Idempotency-Key is still being answered");
      await sleep(POLL_MS);
    }
  }

  /** Shares the answer to a claimed request, or ends the claim if it is no verdict or too long. */
  settle(tokenId: string, key: string, bodyHash: string, reply: Reply): void {
    const name = nameOf(tokenId, key);
    const { status, headers, body } = reply;
    const isShared = status === 200 && this.#hasRoomFor(body.length);
    const stored: Stored = { bodyHash, requestId: headers["X-Request-Id"] ?? "", body };
    const command = isShared ? ["SET", name, JSON.stringify(stored), "PX", String(KEPT_MS)] : ["DEL", name];
    void this.#ask(command);
  }

  close(): void {
    this.#client.destroy();
  }

  #hasRoomFor(bytes: number): boolean {
    if (this.#clock() - this.#minuteSince > KEPT_MS)
      [this.#minuteSince, this.#minuteBytes] = [this.#clock(), 0];
    if (bytes > MAX_ANSWER_BYTES || this.#minuteBytes + bytes > MAX_BYTES_PER_MINUTE) return false;
    this.#minuteBytes += bytes;
    return true;
  }

  /** Undefined if Redis does not answer in time. */
  async #ask(command: string[]): Promise<string | null | undefined> {
    if (!this.#client.isReady) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), TIMEOUT_MS);
    });
    const asked = this.#client.sendCommand<string | null>(command).catch(() => undefined);
    return Promise.race([asked, late]).finally(() => clearTimeout(timer));
  }
}

/** A hash: the key is a caller's text. */
function nameOf(tokenId: string, key: string): string {
  return `latchkey:answer:${createHash("sha256").update(`${tokenId}\n${key}`).digest("base64url")}`;
}
