/** How many of one event are kept in a window, in all and from one source. */
export interface EventLimit {
  total: number;
  perSource: number;
}

/** Long enough that what is kept of a flood is little, short enough that its count is news. */
export const WINDOW_MS = 10 * 60_000;

interface Window {
  startedAt: number;
  kept: number;
  leftOut: number;
  bySource: Map<string, number>;
}

/** What a window left out. */
export interface LeftOut {
  event: string;
  count: number;
  /** Epoch ms. */
  since: number;
}

/**
 * Bounds how many events are kept: audit rows stay for ever, so a flood must not fill the disk. One source can't crowd
 * out the others. Memory is bounded by `total`: a source is remembered only with an event that was kept.
 */
export class EventLimiter {
  readonly #limitOf: (event: string) => EventLimit;
  readonly #windows = new Map<string, Window>();
  #ended: LeftOut[] = [];

  constructor(limitOf: (event: string) => EventLimit) {
    this.#limitOf = limitOf;
  }

  /** Counts the event; true if it is to be kept. */
  admit(event: string, source: string, nowMs: number): boolean {
    this.#endWindow(event, nowMs);
    const window = this.#windows.get(event) ?? {
      startedAt: nowMs,
      kept: 0,
      leftOut: 0,
      bySource: new Map<string, number>(),
    };
    this.#windows.set(event, window);
    const limit = this.#limitOf(event);
    const before = window.bySource.get(source) ?? 0;
    if (window.kept >= limit.total || before >= limit.perSource) {
      window.leftOut++;
      return false;
    }
    window.kept++;
    window.bySource.set(source, before + 1);
    return true;
  }

  /** What the windows that are over left out, each told once; with `all`, also those that still run. */
  takeLeftOut(nowMs: number, all = false): LeftOut[] {
    for (const event of [...this.#windows.keys()])
      this.#endWindow(event, all ? Number.POSITIVE_INFINITY : nowMs);
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }

  #endWindow(event: string, nowMs: number): void {
    const window = this.#windows.get(event);
    // A clock that was set back must not keep a window open for ever.
    if (!window || (nowMs - window.startedAt < WINDOW_MS && nowMs >= window.startedAt)) return;
    this.#windows.delete(event);
    if (window.leftOut > 0) this.#ended.push({ event, count: window.leftOut, since: window.startedAt });
  }
}
