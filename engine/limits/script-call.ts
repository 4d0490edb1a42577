import { createHash } from "node:crypto";
import { counterNameAt, newTermsAt, periodAt } from "#core/limits/period.ts";
import type { CounterState, Limit } from "#core/limits/types.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import type { Take } from "./limiter.ts";
import { TAKE_SCRIPT } from "./take-script.ts";
import type { PassedBefore, UsageBackfill } from "./usage-backfill.ts";

export const SCRIPT_SHA = createHash("sha1").update(TAKE_SCRIPT).digest("hex");
/** The numbers in a reply before those of the limits. */
const HEAD = 3;

/** What is asked of the script. */
export interface Call {
  mode: "take" | "ask" | "force";
  limits: readonly Limit[];
  units: number;
  nowMs: number;
}

/** The units used before according to the usage counts, for counters that are complete since `since`. */
export interface Restored {
  before: string[];
  since: number;
}

/** The clock of the counters, from the last reply. */
export interface ClockReading {
  /** Since when the counters are complete. */
  since: number;
  moment: number;
  /** When the request was sent, by our own clock. `moment` is not earlier than this. */
  askedAt: number;
}

/** The counters and clocks of a call. */
interface CallContext {
  /** The names of the clock and of the counters, in this order. */
  keys: string[];
  /** Redis's time, ms, or "" to use its own clock. */
  redisTime: number | "";
  reading: ClockReading | null;
  askedAt: number;
  /** The generation that the names belong to; "" if they are named after the server. */
  generation: string;
}

/** The reply of the script. */
export interface ScriptReply {
  reading: ClockReading;
  generation: string;
  /** Null for a counter that must be restored first. Empty if the generation was another one. */
  counted: (CounterState | null)[];
}

/** The number of keys, the keys and the arguments of the script. */
export function encodeCall(
  { limits, units, mode, nowMs }: Call,
  { keys, redisTime, reading, askedAt, generation }: CallContext,
  { before, since }: Restored = { before: [], since: 0 },
): string[] {
  const latest = reading ? reading.moment + askedAt - reading.askedAt : "";
  const args = limits.flatMap((limit, at) => [...argsOf(limit, nowMs), before[at] ?? "?"]);
  const head = [units, mode, redisTime, latest, since, generation].map(String);
  return [String(keys.length), ...keys, ...head, ...args];
}

/** Reads the numbers that the script replied with to a request that was sent at `askedAt` (epoch ms). */
export function decodeReply(reply: number[], { limits, nowMs }: Call, askedAt: number): ScriptReply {
  const [since = 0, moment = 0, generation = 0] = reply;
  const known = reply.length > HEAD ? limits : [];
  return {
    reading: { since, moment, askedAt },
    generation: String(generation),
    counted: known.map((limit, at) => {
      const from = HEAD + at * 4;
      return countedOf(limit, reply.slice(from, from + 4), nowMs);
    }),
  };
}

/** Maximum number of counters whose terms are remembered. */
const MAX_TERMS = 20_000;

/** Under which terms of plans this process compared counters with the usage counts. */
export class ComparedTerms {
  readonly #since = new Map<string, number>();

  /** Whether the counter may lack units, because it was last used under earlier terms. */
  areNew(limit: Limit, nowMs: number): boolean {
    const since = newTermsAt(limit, nowMs);
    return since !== null && since > (this.#since.get(counterNameAt(limit, nowMs)) ?? 0);
  }

  note(limits: readonly Limit[], nowMs: number): void {
    if (this.#since.size > MAX_TERMS) this.#since.clear();
    for (const limit of limits) {
      const since = newTermsAt(limit, nowMs);
      if (since !== null) this.#since.set(counterNameAt(limit, nowMs), since);
    }
  }
}

/** How a call is counted. */
interface Counting {
  backfill: UsageBackfill;
  terms: ComparedTerms;
  run: (call: Call, restored?: Restored) => Promise<ScriptReply>;
}

/**
 * Counts a call with `run`. Counters that are missing are restored from the usage counts first, and those that may lack
 * units are raised to them.
 */
export async function takeOrRestore(
  { limits, cost, nowMs, consume }: Take,
  { backfill, terms, run }: Counting,
): Promise<CounterState[]> {
  const call = { mode: consume ? "take" : "ask", limits, units: cost, nowMs } as const;
  const areNew = limits.map((limit) => terms.areNew(limit, nowMs));
  const hasNew = areNew.includes(true);
  const { reading, counted } = await run(hasNew ? { ...call, mode: "ask" } : call);
  if (!hasNew && counted.every((one) => one !== null)) return counted;
  const isComplete = limits.map((_, at) => counted[at] !== null && !areNew[at]);
  const before = await readBefore(backfill, limits, isComplete, nowMs);
  const { counted: known } = await run(call, { before, since: reading.since });
  if (known.some((one) => one === null)) throw new VerdictUnavailable("the counters of limits were lost");
  if (hasNew) terms.note(limits, nowMs);
  return known.filter((one) => one !== null);
}

function readBefore(
  backfill: UsageBackfill,
  limits: readonly Limit[],
  isComplete: readonly boolean[],
  nowMs: number,
): Promise<string[]> {
  return Promise.all(
    limits.map(async (limit, at) => {
      if (isComplete[at]) return "?";
      if (limit.kind === "quota") return String(await backfill.ofQuota(limit, nowMs));
      return serialize(await backfill.ofWindow(limit, nowMs));
    }),
  );
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
): CounterState | null {
  if (fits === -1) return null;
  // For a quota, these are absolute times: when its period ends.
  const since = limit.kind === "rate" ? 0 : nowMs;
  const waitMs = wait === 0 ? 0 : wait - since;
  return { limit, fits: fits === 1, used, waitMs, resetMs: Math.max(0, reset - since) };
}
