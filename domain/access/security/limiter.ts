import { MINUTE_MS } from "#core/time.ts";

/** How many events of one kind are kept per window, in total and per source. */
export interface EventLimit {
  total: number;
  perSource: number;
}

/** Long enough to keep the log of a flood short, and short enough that its count is still recent. */
export const WINDOW_MS = 10 * MINUTE_MS;

interface Window {
  startedAt: number;
  kept: number;
  omitted: number;
  bySource: Map<string, number>;
}

/** How many events of a window were omitted. */
export interface OmittedEvents {
  event: string;
  count: number;
  /** Epoch ms. */
  since: number;
}

/**
 * Limits how many events are kept. Audit rows are never deleted, so a flood must not fill the disk. One source can't
 * crowd out the others. `total` also bounds memory: a source is remembered only with an event that was kept.
 */
export class EventLimiter {
  readonly #limitOf: (event: string) => EventLimit;
  readonly #windows = new Map<string, Window>();
  #ended: OmittedEvents[] = [];

  constructor(limitOf: (event: string) => EventLimit) {
    this.#limitOf = limitOf;
  }

  /** Counts the event and returns whether to keep it. */
  admit(event: string, source: string, nowMs: number): boolean {
    this.#endWindow(event, nowMs);
    const window = this.#windows.get(event) ?? {
      startedAt: nowMs,
      kept: 0,
      omitted: 0,
      bySource: new Map<string, number>(),
    };
    this.#windows.set(event, window);
    const limit = this.#limitOf(event);
    const before = window.bySource.get(source) ?? 0;
    if (window.kept >= limit.total || before >= limit.perSource) {
      window.omitted++;
      return false;
    }
    window.kept++;
    window.bySource.set(source, before + 1);
    return true;
  }

  /** What finished windows omitted, each returned once; with `all`, also what running windows omitted. */
  takeOmitted(nowMs: number, all = false): OmittedEvents[] {
    for (const event of [...this.#windows.keys()])
      this.#endWindow(event, all ? Number.POSITIVE_INFINITY : nowMs);
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }

  #endWindow(event: string, nowMs: number): void {
    const window = this.#windows.get(event);
    // A clock that is set back must not keep a window open forever.
    if (!window || (nowMs - window.startedAt < WINDOW_MS && nowMs >= window.startedAt)) return;
    this.#windows.delete(event);
    if (window.omitted > 0) this.#ended.push({ event, count: window.omitted, since: window.startedAt });
  }
}
