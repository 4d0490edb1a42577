import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import type { Cell } from "./traffic.ts";

export type UsageRow = Omit<Cell, "weight"> & { interval: UsageInterval; bucket: number; count: number };

/** Adds counts to all three intervals at once, so that they can't disagree. */
export class UsageAggregate {
  /** Requests in total. */
  total = 0;
  /** When a secret or key was last valid, by id; epoch ms. */
  readonly lastUsedAt = new Map<string, number>();
  readonly #rows = new Map<string, UsageRow>();

  /** Counts `count` requests at `atMs`. Minutes are stored from `minutesFromMs` on. */
  add(cell: Cell, count: number, atMs: number, minutesFromMs: number): void {
    if (count === 0) return;
    this.total += count;
    if (atMs >= minutesFromMs) this.#count("minute", startOf(MINUTE_MS, atMs), cell, count);
    this.#count("hour", startOf(HOUR_MS, atMs), cell, count);
    this.#count("day", startOf(DAY_MS, atMs), cell, count);
    if (cell.code === "VALID") {
      for (const id of [cell.keyId, cell.secretId]) {
        this.lastUsedAt.set(id, Math.max(this.lastUsedAt.get(id) ?? 0, atMs));
      }
    }
  }

  get rows(): UsageRow[] {
    return [...this.#rows.values()];
  }

  #count(interval: UsageInterval, bucket: number, cell: Cell, count: number): void {
    const id = `${interval} ${bucket} ${cell.secretId} ${cell.api} ${cell.operation} ${cell.code}`;
    const row = this.#rows.get(id);
    if (row) {
      row.count += count;
      return;
    }
    const { weight: _, ...facts } = cell;
    this.#rows.set(id, { interval, bucket, ...facts, count });
  }
}
