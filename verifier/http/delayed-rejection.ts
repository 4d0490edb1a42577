import type { ServerResponse } from "node:http";

/** The longest that one is held, for few and for many: never the second that callers are told to wait at most. */
const HOLD_MS = { few: 700, many: 950 };
/** Longer, the more are held: so that those who come back take less of the time. */
const HOLD_EACH_MS = 0.6;
/** By lot up to so much less: who came together must not come back together. */
const SPREAD_MS = 200;
/** Who is told in the same so many ms is told together. */
const SLOT_MS = 10;

interface Held {
  response: ServerResponse;
  tell: () => void;
}

/**
 * Those who were turned away and are not told yet: told at once, many would ask again at once, and nothing else
 * be done.
 */
export class DelayedRejection {
  readonly #clock: () => number;
  readonly #random: () => number;
  /** By the slot of time in which they are told. */
  readonly #held = new Map<number, Held[]>();
  #count = 0;
  /** Before this slot all have been told. */
  #next = 0;
  #looking: NodeJS.Timeout | null = null;

  /** `clock`: monotonic, ms. `random`: from 0, below 1. */
  constructor(clock: () => number = () => performance.now(), random: () => number = Math.random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Has `tell` say no, a little later, unless the asker is gone by then. */
  hold(response: ServerResponse, tell: () => void): void {
    const nowMs = this.#clock();
    const longestMs = Math.min(HOLD_MS.many, Math.max(HOLD_MS.few, this.#count * HOLD_EACH_MS));
    const slot = Math.floor((nowMs + longestMs - this.#random() * SPREAD_MS) / SLOT_MS);
    const held = this.#held.get(slot);
    if (held) held.push({ response, tell });
    else this.#held.set(slot, [{ response, tell }]);
    this.#count++;
    if (this.#looking !== null) return;
    this.#next = Math.floor(nowMs / SLOT_MS);
    this.#looking = setInterval(() => this.look(), SLOT_MS).unref();
  }

  /** Tells those whose time it is. */
  look(): void {
    const now = Math.floor(this.#clock() / SLOT_MS);
    while (this.#next <= now) this.#tell(this.#next++);
    if (this.#count > 0 || this.#looking === null) return;
    clearInterval(this.#looking);
    this.#looking = null;
  }

  #tell(slot: number): void {
    const held = this.#held.get(slot) ?? [];
    this.#held.delete(slot);
    this.#count -= held.length;
    for (const { response, tell } of held) if (!response.destroyed) tell();
  }
}
