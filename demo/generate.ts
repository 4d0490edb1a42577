import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import { UsageAggregate } from "./aggregate.ts";
import { type Slot, slotsBetween } from "./hours.ts";
import { distribute, noise } from "./random.ts";
import { type Caller, type Cell, cellsAt, trafficFactor } from "./traffic.ts";

/** How long Latchkey stores minutes. */
const MINUTES_KEPT_MS = 2 * DAY_MS;

interface Span {
  seed: string;
  callers: readonly Caller[];
  /** When growth starts. */
  epochMs: number;
  fromMs: number;
  /** Nothing is counted in the minute of `toMs` or later. */
  toMs: number;
}

/** One caller in one hour or part of an hour. */
interface Burst {
  slot: Slot;
  caller: Caller;
  cells: Cell[];
  weight: number;
}

/** Generates exactly `checks` requests, distributed over the span by the callers' patterns. */
export function generateTotal(
  span: Span,
  checks: number,
): { usage: UsageAggregate; checksPerWeight: number } {
  const bursts = burstsOf(span);
  const weights = bursts.map((burst) => burst.weight);
  const counts = distribute(weights, checks, noise(span.seed, "total"));
  const weight = weights.reduce((sum, each) => sum + each, 0);
  return { usage: sumUp(span, bursts, counts), checksPerWeight: checks / weight };
}

/** Generates the requests of the span at a known rate: how the demo continues after its first day. */
export function generateAtRate(span: Span, checksPerWeight: number): UsageAggregate {
  const bursts = burstsOf(span);
  const counts = bursts.map(({ slot, caller, weight }) =>
    Math.floor(
      weight * checksPerWeight + noise(span.seed, caller.service, "count", slot.hourMs, slot.fromMinute),
    ),
  );
  return sumUp(span, bursts, counts);
}

function burstsOf({ seed, callers, epochMs, fromMs, toMs }: Span): Burst[] {
  return slotsBetween(fromMs, toMs).flatMap((slot) =>
    callers.map((caller) => {
      const cells = cellsAt(caller, slot.hourMs + slot.fromMinute * MINUTE_MS);
      const calls = caller.calls.reduce((sum, [, , share]) => sum + share, 0);
      const effort = cells.reduce((sum, cell) => sum + cell.weight, 0) / calls;
      const part = (slot.toMinute - slot.fromMinute) / 60;
      return {
        slot,
        caller,
        cells,
        weight: trafficFactor(seed, caller, epochMs, slot.hourMs) * effort * part,
      };
    }),
  );
}

function sumUp({ seed, toMs }: Span, bursts: readonly Burst[], counts: readonly number[]): UsageAggregate {
  const minutesFromMs = startOf(HOUR_MS, toMs - MINUTES_KEPT_MS);
  const usage = new UsageAggregate();
  bursts.forEach(({ slot, caller, cells }, i) => {
    const { hourMs, fromMinute } = slot;
    const weights = cells.map((cell) => cell.weight);
    const perCell = distribute(
      weights,
      counts[i] ?? 0,
      noise(seed, caller.service, "cell", hourMs, fromMinute),
    );
    cells.forEach((cell, c) => {
      const count = perCell[c] ?? 0;
      if (count === 0) return;
      for (const [minute, checks] of spread(seed, cell, slot, count, hourMs >= minutesFromMs)) {
        usage.add(cell, checks, hourMs + minute * MINUTE_MS, minutesFromMs);
      }
    });
  });
  return usage;
}

/** The minutes of the slot that the requests fall into; a single one if minutes are not stored. */
function spread(seed: string, cell: Cell, slot: Slot, count: number, byMinute: boolean): [number, number][] {
  const { hourMs, fromMinute, toMinute } = slot;
  const at = (...parts: (string | number)[]) =>
    noise(seed, cell.api, cell.operation, cell.code, hourMs, ...parts);
  if (!byMinute) return [[fromMinute + Math.floor(at("minute") * (toMinute - fromMinute)), count]];
  const minutes = Array.from({ length: toMinute - fromMinute }, (_, i) => fromMinute + i);
  const weights = minutes.map((minute) => 0.5 + at("minute", minute));
  const counts = distribute(weights, count, at("spread"));
  return minutes.map((minute, i) => [minute, counts[i] ?? 0]);
}
