import type { ServerResponse } from "node:http";

/** So many checks may be begun in one turn of the event loop, for a moment: some 15 ms of work. */
const BURST = 512;
/** And so many where it goes on like this: the most throughput, and the least waiting. */
const STEADY = 128;
/** A turn with so many to begin had not caught up with the one before. */
const CROWDED = 96;
/** For so long every turn has to be crowded, before it is more than a burst. */
const CROWDED_FOR_MS = 100;
/**
 * Whoever is turned away is told so after this long: told at once, many would ask again at once, and nothing else be
 * done. Never as long as the second that callers are told to wait at most (docs/integrate-a-service.md).
 */
const PARK_MS = { least: 500, most: 900 };
/** Longer, the more there are: so that those who come back take less of the time. */
const PARK_EACH_MS = 0.3;
const LOOK_EVERY_MS = 50;

interface Parked {
  at: number;
  response: ServerResponse;
  tell: () => void;
}

/**
 * The door of a verifier that is asked more than it can answer: what is let in is answered soon, and the rest
 * is turned away before anything is read of it.
 */
export class Admission {
  readonly #clock: () => number;
  readonly #parked: Parked[] = [];
  #begun = 0;
  #most = BURST;
  #crowdedSince: number | null = null;
  #looking: NodeJS.Timeout | null = null;
  /** Turned away since the start. */
  refused = 0;

  /** Monotonic, ms. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Whether one more may be begun now. */
  admit(): boolean {
    if (this.#begun >= this.#most) {
      this.refused++;
      return false;
    }
    if (this.#begun++ === 0) setImmediate(() => this.#endTurn());
    return true;
  }

  #endTurn(): void {
    const nowMs = this.#clock();
    if (this.#begun < CROWDED) this.#crowdedSince = null;
    else this.#crowdedSince ??= nowMs;
    this.#begun = 0;
    const isOverloaded = this.#crowdedSince !== null && nowMs - this.#crowdedSince >= CROWDED_FOR_MS;
    this.#most = isOverloaded ? STEADY : BURST;
  }

  /** Has `tell` say no, a little later, unless the asker is gone by then. */
  turnAway(response: ServerResponse, tell: () => void): void {
    this.#parked.push({ at: this.#clock(), response, tell });
    this.#looking ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** Tells those that have waited long enough; all of them when `everybody`. */
  look(everybody = false): void {
    const parkMs = Math.min(PARK_MS.most, Math.max(PARK_MS.least, this.#parked.length * PARK_EACH_MS));
    const due = this.#clock() - parkMs;
    let count = 0;
    while (count < this.#parked.length && (everybody || (this.#parked[count] as Parked).at <= due)) count++;
    for (const { response, tell } of this.#parked.splice(0, count)) if (!response.destroyed) tell();
    if (this.#parked.length > 0 || this.#looking === null) return;
    clearInterval(this.#looking);
    this.#looking = null;
  }
}
