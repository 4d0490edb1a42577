import { createHash } from "node:crypto";
import { createClient } from "@redis/client";
import { counterNameAt, periodAt } from "#core/limits/period.ts";
import type { Counted, Limit } from "#core/limits/types.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import type { Limiter, Take } from "./limiter.ts";
import { TAKE_SCRIPT } from "./take-script.ts";
import type { PassedBefore, UsageBackfill } from "./usage-backfill.ts";

const SCRIPT_SHA = createHash("sha1").update(TAKE_SCRIPT).digest("hex");
const CONNECT_TIMEOUT_MS = 1_000;
const RECONNECT_DELAY_MS = 250;
/** The most pending commands. More means that Redis can't keep up. */
const MAX_PENDING = 20_000;
/** A command without a reply for this long has failed: the caller of the check is waiting. */
const RESPONSE_TIMEOUT_MS = 500;
const TIMEOUT_CHECK_INTERVAL_MS = 50;
const PING_INTERVAL_MS = 500;
const SOCKET_TIMEOUT_MS = 2_000;

export interface RedisLimiterOptions {
  url: string;
  backfill: UsageBackfill;
  /** Called with the error when Redis becomes unavailable, and with null when it is available again. */
  onHealth?: (error: unknown | null) => void;
  /** Called when Redis lost its counters: missing counters must be restored from usage. */
  onCountersLost?: () => void;
  /** Monotonic, ms. */
  clock?: () => number;
  /** Replaces Redis's own clock, ms. For tests. */
  redisClock?: () => number;
}

/** The input of the script. */
interface Call {
  mode: "take" | "ask" | "force";
  limits: readonly Limit[];
  units: number;
  nowMs: number;
}

/** The units used before according to the usage counts, for counters that are complete since `since`. */
interface Restored {
  before: string[];
  since: number;
}

/** The clock of the counters, from the last reply. */
interface ClockReading {
  /** Since when the counters are complete. */
  since: number;
  moment: number;
  /** When the request was sent, by our own clock. `moment` is not earlier than this. */
  askedAt: number;
}

interface Waiting {
  sentAt: number;
  fail(error: unknown): void;
}

/** Keeps counters in Redis or Valkey, shared by all verifiers. One round trip per call; calls are pipelined. */
export class RedisLimiter implements Limiter {
  readonly #client;
  readonly #backfill: UsageBackfill;
  readonly #onHealth: (error: unknown | null) => void;
  readonly #onCountersLost: () => void;
  readonly #clock: () => number;
  readonly #redisClock: (() => number) | undefined;
  readonly #waiting = new Set<Waiting>();
  readonly #timeoutCheck: NodeJS.Timeout;
  /** Part of the counters' names: a restarted server may have loaded old data, so it gets new ones. Null: unavailable. */
  #runId: string | null = null;
  #lastRunId: string | null = null;
  /** Whether Redis came back without a restart, with the counters that it had. */
  isSame = false;
  #clockReading: ClockReading | null = null;

  constructor({ url, backfill, onHealth, onCountersLost, clock, redisClock }: RedisLimiterOptions) {
    this.#backfill = backfill;
    this.#clock = clock ?? (() => performance.now());
    this.#redisClock = redisClock;
    this.#onCountersLost = onCountersLost ?? (() => {});
    this.#onHealth = onHealth ?? (() => {});
    this.#client = createClient({
      url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MAX_PENDING,
      // A connection that does not even answer a ping is replaced.
      pingInterval: PING_INTERVAL_MS,
      socket: {
        connectTimeout: CONNECT_TIMEOUT_MS,
        socketTimeout: SOCKET_TIMEOUT_MS,
        reconnectStrategy: RECONNECT_DELAY_MS,
      },
    });
    this.#client.on("error", (error: unknown) => this.#lost(error));
    this.#client.on("ready", () => void this.#begin());
    this.#client.connect().catch((error: unknown) => this.#lost(error));
    this.#timeoutCheck = setInterval(() => this.#failTimedOut(), TIMEOUT_CHECK_INTERVAL_MS);
    this.#timeoutCheck.unref();
  }

  get trouble(): string | null {
    return this.#runId === null ? "Redis is unavailable" : null;
  }

  async take({ limits, cost, nowMs, consume }: Take): Promise<Counted[]> {
    const call = { mode: consume ? "take" : "ask", limits, units: cost, nowMs } as const;
    const { since, counted } = await this.#run(call);
    if (counted.every((one) => one !== null)) return counted;
    const before = await this.#readBefore(limits, counted, nowMs);
    const { counted: known } = await this.#run(call, { before, since });
    if (known.every((one) => one !== null)) return known;
    throw new VerdictUnavailable("the counters of limits were lost");
  }

  /** Counts units allowed elsewhere, regardless of the limit. Skipped if usage must be read for the counter first. */
  async force(limit: Limit, units: number, nowMs: number): Promise<void> {
    await this.#run({ mode: "force", limits: [limit], units, nowMs });
  }

  async close(): Promise<void> {
    clearInterval(this.#timeoutCheck);
    this.#runId = null;
    this.#client.destroy();
  }

  async #run(call: Call, restored?: Restored) {
    if (this.#runId === null)
      throw new VerdictUnavailable("limits can't be counted while Redis is unavailable");
    return this.#runIn(this.#runId, call, restored);
  }

  async #runIn(
    runId: string,
    { mode, limits, units, nowMs }: Call,
    restored: Restored = { before: [], since: 0 },
  ) {
    const askedAt = this.#clock();
    const most = this.#clockReading ? this.#clockReading.moment + askedAt - this.#clockReading.askedAt : "";
    const names = limits.map((limit) => `latchkey:${runId}:${counterNameAt(limit, nowMs)}`);
    const keys = [`latchkey:${runId}:clock`, ...names];
    const args = limits.flatMap((limit, at) => [...argsOf(limit, nowMs), restored.before[at] ?? "?"]);
    const clocks = [this.#redisClock?.() ?? "", most, restored.since];
    const numbers = [units, mode, ...clocks].map(String);
    const reply = await this.#send([
      "EVALSHA",
      SCRIPT_SHA,
      String(keys.length),
      ...keys,
      ...numbers,
      ...args,
    ]);
    const [since = 0, moment = 0] = reply;
    const isNew = since !== this.#clockReading?.since;
    this.#clockReading = { since, moment, askedAt };
    if (isNew) this.#onCountersLost();
    const counted = limits.map((limit, at) => countedOf(limit, reply.slice(at * 4 + 2, at * 4 + 6), nowMs));
    return { since, counted };
  }

  /** Rejects with `VerdictUnavailable` if Redis does not answer in time. The call may still have been counted. */
  #send(command: string[]): Promise<number[]> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        this.#waiting.delete(waiting);
        reject(new VerdictUnavailable("limits can't be counted: Redis did not answer", { cause: error }));
      };
      const waiting: Waiting = { sentAt: performance.now(), fail };
      this.#waiting.add(waiting);
      this.#client.sendCommand<number[]>(command).then((reply) => {
        this.#waiting.delete(waiting);
        resolve(reply);
      }, fail);
    });
  }

  #readBefore(limits: readonly Limit[], counted: (Counted | null)[], nowMs: number): Promise<string[]> {
    return Promise.all(
      limits.map(async (limit, at) => {
        if (counted[at] !== null) return "?";
        if (limit.kind === "quota") return String(await this.#backfill.ofQuota(limit, nowMs));
        return serialize(await this.#backfill.ofWindow(limit, nowMs));
      }),
    );
  }

  async #begin(): Promise<void> {
    try {
      const info = await this.#client.sendCommand<string>(["INFO", "server"]);
      const runId = /^run_id:(\w{12})/m.exec(String(info))?.[1];
      if (!runId) throw new Error("Redis reports no run_id");
      await this.#client.sendCommand(["SCRIPT", "LOAD", TAKE_SCRIPT]);
      this.isSame = runId === this.#lastRunId;
      if (!this.isSame) this.#clockReading = null;
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
    for (const waiting of this.#waiting) waiting.fail(error);
    if (wasHere) this.#onHealth(error);
  }

  #failTimedOut(): void {
    const [oldest] = this.#waiting;
    if (!oldest || performance.now() - oldest.sentAt < RESPONSE_TIMEOUT_MS) return;
    this.#lost(new Error("Redis did not answer in time"));
    // The connection is still open: Redis is available again when it answers this.
    if (this.#client.isReady) void this.#begin();
  }
}

function argsOf(limit: Limit, nowMs: number): [kind: string, limit: string, span: string] {
  return limit.kind === "rate"
    ? ["rate", String(limit.rate.limit), String(limit.rate.windowSeconds * 1_000)]
    : ["quota", String(limit.quota.limit), String(periodAt(limit.quota.period, nowMs).end)];
}

function serialize(before: PassedBefore[]): string {
  return before.map(({ agoMs, units }) => `${agoMs}:${units}`).join(" ");
}

/** Null if usage must be read first. */
function countedOf(
  limit: Limit,
  [fits, used = 0, wait = 0, reset = 0]: number[],
  nowMs: number,
): Counted | null {
  if (fits === -1) return null;
  // For a quota, these are absolute times: when its period ends.
  const since = limit.kind === "rate" ? 0 : nowMs;
  const waitMs = wait === 0 ? 0 : wait - since;
  return { limit, fits: fits === 1, used, waitMs, resetMs: Math.max(0, reset - since) };
}
