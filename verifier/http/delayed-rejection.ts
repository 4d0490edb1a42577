import type { HttpCall } from "./http-call.ts";

/** The longest delay, with few and with many rejections. Less than the second in `Retry-After`. */
const DELAY_MS = { few: 700, many: 950 };
/** The longest delay grows by this much for each delayed rejection, so that retries take less of the time. */
const DELAY_EACH_MS = 0.6;
/** Shortens each delay by a random time up to this, so that clients that were rejected together don't retry together. */
const SPREAD_MS = 200;
/** Rejections due in the same interval of this length are sent together. */
const SLOT_MS = 10;

/** Whether its client has disconnected. */
type Call = Pick<HttpCall, "destroyed">;

interface Delayed {
  call: Call;
  reject: () => void;
}

/** Delays rejections: clients rejected at once would retry at once, and the verifier would do nothing else. */
export class DelayedRejection {
  readonly #clock: () => number;
  readonly #random: () => number;
  /** By the slot in which they are due. */
  readonly #slots = new Map<number, Delayed[]>();
  #count = 0;
  /** All slots before this one were sent. */
  #nextSlot = 0;
  #timer: NodeJS.Timeout | null = null;

  /** `clock`: monotonic, ms. `random`: at least 0, less than 1. */
  constructor(clock: () => number = () => performance.now(), random: () => number = Math.random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Calls `reject` a little later, unless the client has disconnected by then. */
  delay(call: Call, reject: () => void): void {
    const nowMs = this.#clock();
    const maxMs = Math.min(DELAY_MS.many, Math.max(DELAY_MS.few, this.#count * DELAY_EACH_MS));
    const slot = Math.floor((nowMs + maxMs - this.#random() * SPREAD_MS) / SLOT_MS);
    const delayed = this.#slots.get(slot);
    if (delayed) delayed.push({ call, reject });
    else this.#slots.set(slot, [{ call, reject }]);
    this.#count++;
    if (this.#timer !== null) return;
    this.#nextSlot = Math.floor(nowMs / SLOT_MS);
    this.#timer = setInterval(() => this.sendDue(), SLOT_MS).unref();
  }

  /** Sends the rejections that are due. */
  sendDue(): void {
    const now = Math.floor(this.#clock() / SLOT_MS);
    while (this.#nextSlot <= now) this.#send(this.#nextSlot++);
    if (this.#count > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #send(slot: number): void {
    const delayed = this.#slots.get(slot) ?? [];
    this.#slots.delete(slot);
    this.#count -= delayed.length;
    for (const { call, reject } of delayed) if (!call.destroyed) reject();
  }
}
