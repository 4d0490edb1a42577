import { createClient } from "@redis/client";
import { counterNameAt } from "#core/limits/period.ts";
import type { CounterState, Limit } from "#core/limits/types.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import { CLIENT_OPTIONS } from "../redis/connection.ts";
import type { Limiter, Take } from "./limiter.ts";
import { PendingReplies } from "./pending-replies.ts";
import {
  type Call,
  type ClockReading,
  ComparedTerms,
  decodeReply,
  encodeCall,
  type Restored,
  SCRIPT_SHA,
  type ScriptReply,
  takeOrRestore,
} from "./script-call.ts";
import { TAKE_SCRIPT } from "./take-script.ts";
import type { UsageBackfill } from "./usage-backfill.ts";

/** Maximum number of pending commands. More means that Redis can't keep up. */
export const MAX_PENDING = 20_000;
export const TIMEOUT_CHECK_INTERVAL_MS = 50;

const WRONG_URL = "Redis is a node of a cluster, but REDIS_URL does not start with redis+cluster://";

export interface RedisLimiterOptions {
  url: string;
  backfill: UsageBackfill;
  /** Called with the error when Redis becomes unavailable, and with null when it is available again. */
  onHealth?: (error: unknown | null) => void;
  /**
   * Called when Redis lost its counters: missing counters must be restored from usage. `afterMs`: how long other
   * verifiers may still answer calls that the lost counters allowed.
   */
  onCountersLost?: (afterMs?: number) => void;
  /** Monotonic, ms. */
  clock?: () => number;
  /** Replaces Redis's own clock, ms. For tests. */
  redisClock?: () => number;
}

/** Counters that all verifiers share. */
export interface RedisCounters extends Limiter {
  take(take: Take): Promise<CounterState[]>;
  /**
   * Counts units allowed elsewhere, regardless of the limit. Skipped if the counter is, or will be, restored from usage,
   * which contains them.
   */
  force(limit: Limit, units: number, nowMs: number): Promise<void>;
}

/** Keeps counters in Redis or Valkey, shared by all verifiers. One round trip per call; calls are pipelined. */
export class RedisLimiter implements RedisCounters {
  readonly #client;
  readonly #backfill: UsageBackfill;
  readonly #onHealth: (error: unknown | null) => void;
  readonly #onCountersLost: () => void;
  readonly #clock: () => number;
  readonly #redisClock: (() => number) | undefined;
  readonly #pending = new PendingReplies();
  readonly #terms = new ComparedTerms();
  readonly #timeoutCheck: NodeJS.Timeout;
  /** Part of the counters' names: a restarted server may have loaded old data, so it gets new ones. Null: unavailable. */
  #runId: string | null = null;
  #lastRunId: string | null = null;
  /** Whether Redis came back without a restart, with the counters that it had. */
  #isSame = false;
  #clockReading: ClockReading | null = null;
  #isCluster = false;

  constructor({ url, backfill, onHealth, onCountersLost, clock, redisClock }: RedisLimiterOptions) {
    this.#backfill = backfill;
    this.#clock = clock ?? (() => performance.now());
    this.#redisClock = redisClock;
    this.#onCountersLost = onCountersLost ?? (() => {});
    this.#onHealth = onHealth ?? (() => {});
    this.#client = createClient({ url, ...CLIENT_OPTIONS, commandsQueueMaxLength: MAX_PENDING });
    this.#client.on("error", (error: unknown) => this.#lost(error));
    this.#client.on("ready", () => void this.#begin());
    this.#client.connect().catch((error: unknown) => this.#lost(error));
    this.#timeoutCheck = setInterval(() => this.#failTimedOut(), TIMEOUT_CHECK_INTERVAL_MS);
    this.#timeoutCheck.unref();
  }

  get unavailableReason(): string | null {
    if (this.#isCluster) return WRONG_URL;
    return this.#runId === null ? "Redis is unavailable" : null;
  }

  take(take: Take): Promise<CounterState[]> {
    return takeOrRestore(take, {
      backfill: this.#backfill,
      terms: this.#terms,
      run: (call, restored) => this.#run(call, restored),
    });
  }

  async force(limit: Limit, units: number, nowMs: number): Promise<void> {
    // A Redis that lost its counters restores them from usage.
    if (this.#isSame) await this.#run({ mode: "force", limits: [limit], units, nowMs });
  }

  async close(): Promise<void> {
    clearInterval(this.#timeoutCheck);
    this.#runId = null;
    this.#client.destroy();
  }

  async #run(call: Call, restored?: Restored): Promise<ScriptReply> {
    if (this.#runId === null)
      throw new VerdictUnavailable("limits can't be counted while Redis is unavailable");
    return this.#runIn(this.#runId, call, restored);
  }

  async #runIn(runId: string, call: Call, restored?: Restored): Promise<ScriptReply> {
    const askedAt = this.#clock();
    const names = call.limits.map((limit) => `latchkey:${runId}:${counterNameAt(limit, call.nowMs)}`);
    const context = {
      keys: [`latchkey:${runId}:clock`, ...names],
      redisTime: this.#redisClock?.() ?? ("" as const),
      reading: this.#clockReading,
      askedAt,
      generation: "",
    };
    const command = ["EVALSHA", SCRIPT_SHA, ...encodeCall(call, context, restored)];
    const numbers = await this.#pending.wait(this.#client.sendCommand<number[]>(command));
    const reply = decodeReply(numbers, call, askedAt);
    const isNew = reply.reading.since !== this.#clockReading?.since;
    this.#clockReading = reply.reading;
    if (isNew) this.#onCountersLost();
    return reply;
  }

  async #begin(): Promise<void> {
    try {
      const info = String(await this.#client.sendCommand<string>(["INFO", "server"]));
      this.#isCluster = /^redis_mode:cluster/m.test(info);
      if (this.#isCluster) throw new Error(WRONG_URL);
      const runId = /^run_id:(\w{12})/m.exec(info)?.[1];
      if (!runId) throw new Error("Redis reports no run_id");
      await this.#client.sendCommand(["SCRIPT", "LOAD", TAKE_SCRIPT]);
      this.#isSame = runId === this.#lastRunId;
      if (!this.#isSame) this.#clockReading = null;
      await this.#runIn(runId, { mode: "ask", limits: [], units: 0, nowMs: 0 });
      this.#runId = this.#lastRunId = runId;
      this.#onHealth(null);
    } catch (error) {
      this.#lost(error);
    }
  }

  #lost(error: unknown): void {
    const wasHere = this.#runId !== null;
    this.#runId = null;
    this.#pending.failAll(error);
    if (wasHere) this.#onHealth(error);
  }

  #failTimedOut(): void {
    if (!this.#pending.isLate) return;
    this.#lost(new Error("Redis did not answer in time"));
    // The connection is still open: Redis is available again when it answers this.
    if (this.#client.isReady) void this.#begin();
  }
}
