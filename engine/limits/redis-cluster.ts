import { counterNameAt } from "#core/limits/period.ts";
import type { CounterState, Limit } from "#core/limits/types.ts";
import type { RedisClusterAddress } from "#platform/redis-url.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import { ClusterConnection } from "../redis/cluster.ts";
import { slotOf } from "../redis/cluster-slot.ts";
import type { Take } from "./limiter.ts";
import { PendingReplies, RESPONSE_TIMEOUT_MS } from "./pending-replies.ts";
import {
  MAX_PENDING,
  type RedisCounters,
  type RedisLimiterOptions,
  TIMEOUT_CHECK_INTERVAL_MS,
} from "./redis.ts";
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

/** Projects are spread over this many hash tags: enough to fill a hundred nodes, few enough to keep a clock for each. */
const GROUPS = 256;
/** How often unavailable groups are asked again. */
const PROBE_INTERVAL_MS = 250;
/** How often the cluster is asked for its nodes while groups are unavailable. */
const REFRESH_INTERVAL_MS = 1_000;
/**
 * Another verifier may have been allowed a call by the server that had the slot before, and may not have read the reply
 * yet. It answers that call within this time, or never.
 */
const IN_FLIGHT_MS = RESPONSE_TIMEOUT_MS + 2 * TIMEOUT_CHECK_INTERVAL_MS;
/** A generation that changes during a call is read again, at most this often. */
const MAX_ATTEMPTS = 3;
const READ_CLOCK: Call = { mode: "ask", limits: [], units: 0, nowMs: 0 };

/** The projects with one hash tag: their counters, and the clock of these, are on one node. */
interface Group {
  tag: string;
  generation: string;
  reading: ClockReading | null;
  /** Whether the node counts in the generation in which it last did, so that its counters lack nothing. */
  isSame: boolean;
}

/**
 * Keeps counters in a Redis Cluster. The counters of a project share a hash tag, so that one script counts a call against
 * all limits of key, project and ceiling or against none. A node that is unavailable affects only its own projects.
 */
export class ClusterLimiter implements RedisCounters {
  readonly #connection: ClusterConnection;
  readonly #backfill: UsageBackfill;
  readonly #onHealth: (error: unknown | null) => void;
  readonly #onCountersLost: (afterMs: number) => void;
  readonly #clock: () => number;
  readonly #redisClock: (() => number) | undefined;
  readonly #pending = new PendingReplies();
  readonly #terms = new ComparedTerms();
  readonly #groups: Group[] = Array.from({ length: GROUPS }, (_, at) => ({
    tag: `latchkey:{${at}}`,
    generation: "0",
    reading: null,
    isSame: false,
  }));
  readonly #timers: NodeJS.Timeout[];
  #unavailableReason: string | null = "Redis is unavailable";
  #isProbing = false;
  #refreshedAt = 0;
  #isClosed = false;

  constructor(
    address: RedisClusterAddress,
    { backfill, onHealth, onCountersLost, clock, redisClock }: Omit<RedisLimiterOptions, "url">,
  ) {
    this.#backfill = backfill;
    this.#clock = clock ?? (() => performance.now());
    this.#redisClock = redisClock;
    this.#onCountersLost = onCountersLost ?? (() => {});
    this.#onHealth = onHealth ?? (() => {});
    this.#connection = new ClusterConnection(address, MAX_PENDING);
    this.#timers = [
      setInterval(() => this.#failTimedOut(), TIMEOUT_CHECK_INTERVAL_MS),
      setInterval(() => void this.#probe(), PROBE_INTERVAL_MS),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  get unavailableReason(): string | null {
    return this.#unavailableReason;
  }

  take(take: Take): Promise<CounterState[]> {
    const group = this.#groupOf(take.limits);
    return takeOrRestore(take, {
      backfill: this.#backfill,
      terms: this.#terms,
      run: (call, restored) => this.#run(group, call, restored),
    });
  }

  async force(limit: Limit, units: number, nowMs: number): Promise<void> {
    const group = this.#groupOf([limit]);
    if (group.isSame) await this.#runOnce(group, { mode: "force", limits: [limit], units, nowMs });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#pending.failAll(new Error("closed"));
    this.#connection.close();
  }

  #groupOf([first]: readonly Limit[]): Group {
    const group = this.#groups[slotOf(first?.projectId ?? "") % GROUPS];
    if (!group) throw new Error("every slot has a group");
    return group;
  }

  async #run(group: Group, call: Call, restored?: Restored): Promise<ScriptReply> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const { generation } = group;
      const reply = await this.#runOnce(group, call, restored);
      if (reply.generation === generation) return reply;
    }
    throw new VerdictUnavailable("limits can't be counted: the nodes of the Redis cluster change");
  }

  /** Counts nothing if the generation has changed. The next call uses the new one. */
  async #runOnce(group: Group, call: Call, restored?: Restored): Promise<ScriptReply> {
    const { reply, isLost } = await this.#send(group, call, restored);
    if (isLost) this.#onCountersLost(IN_FLIGHT_MS);
    return reply;
  }

  async #send(
    group: Group,
    call: Call,
    restored?: Restored,
  ): Promise<{ reply: ScriptReply; isLost: boolean }> {
    const askedAt = this.#clock();
    const { tag, generation, reading } = group;
    const clockName = `${tag}:clock`;
    const names = call.limits.map((limit) => `${tag}:${generation}:${counterNameAt(limit, call.nowMs)}`);
    const keys = [clockName, ...names];
    const redisTime = this.#redisClock?.() ?? ("" as const);
    const args = encodeCall(call, { keys, redisTime, reading, askedAt, generation }, restored);
    try {
      const sent = this.#connection.send<number[]>(clockName, ["EVALSHA", SCRIPT_SHA, ...args]);
      const loaded = sent.catch((error: unknown) => {
        // A server that was restarted, or has taken over, does not know the script yet.
        if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
        return this.#connection.send<number[]>(clockName, ["EVAL", TAKE_SCRIPT, ...args]);
      });
      const reply = decodeReply(await this.#pending.wait(loaded), call, askedAt);
      // Overtaken by a later call, which knows more.
      if (group.reading !== null && askedAt < group.reading.askedAt) return { reply, isLost: false };
      const isLost = reply.reading.since !== group.reading?.since;
      group.isSame = reply.generation === group.generation;
      group.reading = reply.reading;
      group.generation = reply.generation;
      return { reply, isLost };
    } catch (error) {
      this.#noteFailure(error);
      throw error;
    }
  }

  /** Asks every group until all answer. */
  async #probe(): Promise<void> {
    if (this.#unavailableReason === null || this.#isProbing || this.#isClosed) return;
    this.#isProbing = true;
    try {
      const now = performance.now();
      if (now - this.#refreshedAt >= REFRESH_INTERVAL_MS) {
        this.#refreshedAt = now;
        await this.#connection.refresh();
      }
      const results = await Promise.allSettled(this.#groups.map((group) => this.#send(group, READ_CLOCK)));
      const answered = results.filter((each) => each.status === "fulfilled").map(({ value }) => value);
      if (answered.some(({ isLost }) => isLost)) this.#onCountersLost(IN_FLIGHT_MS);
      const isWhole = answered.length === GROUPS;
      this.#unavailableReason = isWhole ? null : reasonFor(answered.length);
      if (isWhole && !this.#isClosed) this.#onHealth(null);
    } catch (error) {
      this.#noteFailure(error);
    } finally {
      this.#isProbing = false;
    }
  }

  #noteFailure(error: unknown): void {
    const wasHere = this.#unavailableReason === null;
    this.#unavailableReason ??= "a node of the Redis cluster is unavailable";
    if (wasHere && !this.#isClosed) this.#onHealth(error);
  }

  #failTimedOut(): void {
    if (this.#pending.isLate) this.#pending.failLate(new Error("Redis did not answer in time"));
  }
}

function reasonFor(answered: number): string {
  return answered === 0
    ? "Redis is unavailable"
    : `Redis is unavailable for ${GROUPS - answered} of ${GROUPS} groups of projects: a node of the cluster is down`;
}
