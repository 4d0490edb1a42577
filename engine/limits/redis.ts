import { createHash } from "node:crypto";
import { createClient } from "@redis/client";
import { periodAt } from "#core/limits/period.ts";
import type { Counted, Limit } from "#core/limits/types.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import { nameAt } from "./counter-name.ts";
import type { Limiter, Take } from "./limiter.ts";
import { TAKE_SCRIPT } from "./take-script.ts";
import type { PassedBefore, UsageBackfill } from "./usage-backfill.ts";

const SCRIPT_SHA = createHash("sha1").update(TAKE_SCRIPT).digest("hex");
const CONNECT_WITHIN_MS = 1_000;
const RECONNECT_AFTER_MS = 250;
/** Commands under way at most: more means that Redis does not keep up. */
const UNDER_WAY_MOST = 20_000;
/** What Redis did not answer in this time it does not answer: the caller of the check waits. */
const ANSWER_WITHIN_MS = 500;
const LOOK_EVERY_MS = 50;
const PING_EVERY_MS = 500;
const SILENT_MOST_MS = 2_000;

export interface RedisLimiterOptions {
  url: string;
  usedBefore: UsageBackfill;
  /** Told when Redis went away (why), and when it is back (null). */
  onHealth?: (error: unknown | null) => void;
  /** Told when the counters there turn out to be others than before: from now on what is missing was lost. */
  onAnew?: () => void;
  /** Monotonic, ms. */
  clock?: () => number;
  /** Ms, in place of Redis's own clock. */
  redisClock?: () => number;
}

/** What is asked of the script. */
interface What {
  mode: "take" | "ask" | "force";
  limits: readonly Limit[];
  units: number;
  nowMs: number;
}

/** What the figures said was used before, for the counters that begin at `since`. */
interface Read {
  before: string[];
  since: number;
}

/** What a reply told of the clock that counters go by. */
interface Seen {
  /** Since when it counts. */
  since: number;
  moment: number;
  /** When that was asked, by our own clock: the moment was no earlier. */
  askedAt: number;
}

interface Waiting {
  sentAt: number;
  fail(error: unknown): void;
}

/** Counters in Redis or Valkey, shared by all who ask there: one round trip a call, many under way at once. */
export class RedisLimiter implements Limiter {
  readonly #client;
  readonly #usedBefore: UsageBackfill;
  readonly #onHealth: (error: unknown | null) => void;
  readonly #onAnew: () => void;
  readonly #clock: () => number;
  readonly #redisClock: (() => number) | undefined;
  readonly #waiting = new Set<Waiting>();
  readonly #looking: NodeJS.Timeout;
  /** Names counters of one life of the server: one that started anew, maybe from old data, counts afresh. */
  #life: string | null = null;
  #lastLife: string | null = null;
  /** Whether the one that is back is the one that went away, with the counters that it had. */
  isSame = false;
  #seen: Seen | null = null;

  constructor({ url, usedBefore, onHealth, onAnew, clock, redisClock }: RedisLimiterOptions) {
    this.#usedBefore = usedBefore;
    this.#clock = clock ?? (() => performance.now());
    this.#redisClock = redisClock;
    this.#onAnew = onAnew ?? (() => {});
    this.#onHealth = onHealth ?? (() => {});
    this.#client = createClient({
      url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: UNDER_WAY_MOST,
      // A connection that says nothing, not even to a ping, is made anew.
      pingInterval: PING_EVERY_MS,
      socket: {
        connectTimeout: CONNECT_WITHIN_MS,
        socketTimeout: SILENT_MOST_MS,
        reconnectStrategy: RECONNECT_AFTER_MS,
      },
    });
    this.#client.on("error", (error: unknown) => this.#lost(error));
    this.#client.on("ready", () => void this.#begin());
    this.#client.connect().catch((error: unknown) => this.#lost(error));
    this.#looking = setInterval(() => this.#failLate(), LOOK_EVERY_MS);
    this.#looking.unref();
  }

  get trouble(): string | null {
    return this.#life === null ? "Redis is away" : null;
  }

  async take({ limits, cost, nowMs, consume }: Take): Promise<Counted[]> {
    const what = { mode: consume ? "take" : "ask", limits, units: cost, nowMs } as const;
    const { since, counted } = await this.#run(what);
    if (counted.every((one) => one !== null)) return counted;
    const before = await this.#readBefore(limits, counted, nowMs);
    const { counted: known } = await this.#run(what, { before, since });
    if (known.every((one) => one !== null)) return known;
    throw new VerdictUnavailable("the counters of limits were lost");
  }

  /** Counts units that passed elsewhere, whatever the limit; not where the usage figures will be asked first. */
  async force(limit: Limit, units: number, nowMs: number): Promise<void> {
    await this.#run({ mode: "force", limits: [limit], units, nowMs });
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    this.#life = null;
    this.#client.destroy();
  }

  async #run(what: What, read?: Read) {
    if (this.#life === null) throw new VerdictUnavailable("limits can't be counted while Redis is away");
    return this.#runIn(this.#life, what, read);
  }

  async #runIn(life: string, { mode, limits, units, nowMs }: What, read: Read = { before: [], since: 0 }) {
    const askedAt = this.#clock();
    const most = this.#seen ? this.#seen.moment + askedAt - this.#seen.askedAt : "";
    const names = limits.map((limit) => `latchkey:${life}:${nameAt(limit, nowMs)}`);
    const keys = [`latchkey:${life}:clock`, ...names];
    const args = limits.flatMap((limit, at) => [...argsOf(limit, nowMs), read.before[at] ?? "?"]);
    const clocks = [this.#redisClock?.() ?? "", most, read.since];
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
    const isAnew = since !== this.#seen?.since;
    this.#seen = { since, moment, askedAt };
    if (isAnew) this.#onAnew();
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
        if (limit.kind === "quota") return String(await this.#usedBefore.ofQuota(limit, nowMs));
        return written(await this.#usedBefore.ofWindow(limit, nowMs));
      }),
    );
  }

  async #begin(): Promise<void> {
    try {
      const info = await this.#client.sendCommand<string>(["INFO", "server"]);
      const life = /^run_id:(\w{12})/m.exec(String(info))?.[1];
      if (!life) throw new Error("it does not say which run it is");
      await this.#client.sendCommand(["SCRIPT", "LOAD", TAKE_SCRIPT]);
      this.isSame = life === this.#lastLife;
      if (!this.isSame) this.#seen = null;
      await this.#runIn(life, { mode: "ask", limits: [], units: 0, nowMs: 0 });
      this.#life = this.#lastLife = life;
      this.#onHealth(null);
    } catch (error) {
      this.#lost(error);
    }
  }

  #lost(error: unknown): void {
    const wasHere = this.#life !== null;
    this.#life = null;
    for (const waiting of this.#waiting) waiting.fail(error);
    if (wasHere) this.#onHealth(error);
  }

  #failLate(): void {
    const [oldest] = this.#waiting;
    if (!oldest || performance.now() - oldest.sentAt < ANSWER_WITHIN_MS) return;
    this.#lost(new Error("no answer in time"));
    // Connected still: it is back when it answers this.
    if (this.#client.isReady) void this.#begin();
  }
}

function argsOf(limit: Limit, nowMs: number): [kind: string, limit: string, span: string] {
  return limit.kind === "rate"
    ? ["rate", String(limit.rate.limit), String(limit.rate.windowSeconds * 1_000)]
    : ["quota", String(limit.quota.limit), String(periodAt(limit.quota.period, nowMs).end)];
}

function written(before: PassedBefore[]): string {
  return before.map(({ agoMs, units }) => `${agoMs}:${units}`).join(" ");
}

/** Null where the usage figures have to be asked first. */
function countedOf(
  limit: Limit,
  [fits, used = 0, wait = 0, reset = 0]: number[],
  nowMs: number,
): Counted | null {
  if (fits === -1) return null;
  // A quota's moments are instants: when its period ends.
  const since = limit.kind === "rate" ? 0 : nowMs;
  const waitMs = wait === 0 ? 0 : wait - since;
  return { limit, fits: fits === 1, used, waitMs, resetMs: Math.max(0, reset - since) };
}
