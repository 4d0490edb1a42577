import { type ClockTimes, elapsedMs, NEVER, shifted } from "../clock.ts";

/**
 * Answers are never based on a state of the database older than this, ms. Less than the second within which a change
 * must apply, because the answer itself takes a moment.
 */
const MAX_AGE_MS = 900;
/** The most that the verifier's clock may run faster than ours. */
const MAX_DRIFT = 0.001;
/** The wall clock and the monotonic clock disagree by more than this, ms: the machine slept, or a clock was set. */
const MAX_JUMP_MS = 500;

/** What a heartbeat confirms: all changes up to `confirmedAt` were sent. Epoch ms by the verifier's clock. */
interface Confirmation {
  confirmedAt: number;
  nowMs: number;
}

/** The start of a connection, by both machines. `openedAt` (by the verifier's clock) is not before `sentAt`. */
interface ConnectionStart {
  openedAt: number;
  sentAt: ClockTimes;
}

/** How old the applied state of the database is, by the monotonic clock and the wall clock of this machine. */
export class StateAge {
  /** Everything that was committed before then is applied. */
  #appliedUntil = NEVER;
  /** The verifier's time at the latest heartbeat, and when it arrived. */
  #heartbeat = { nowMs: 0, at: { monotonicMs: 0, wallMs: 0 } };

  /** Whether the machine slept, or a clock was set, since the latest heartbeat. */
  hasJumped(now: ClockTimes): boolean {
    const { at } = this.#heartbeat;
    return Math.abs(now.wallMs - at.wallMs - (now.monotonicMs - at.monotonicMs)) > MAX_JUMP_MS;
  }

  /** The age is unknown until the next heartbeat. */
  invalidate(): void {
    this.#appliedUntil = NEVER;
  }

  /** Before the first heartbeat of a connection: after a jump, the age and the verifier's time are unknown. */
  startConnection(now: ClockTimes): void {
    if (!this.hasJumped(now)) return;
    this.invalidate();
    this.#heartbeat = { nowMs: 0, at: now };
  }

  /** All changes that a heartbeat, which arrived `at`, confirms are applied. */
  confirm({ confirmedAt, nowMs }: Confirmation, { openedAt, sentAt }: ConnectionStart, at: ClockTimes): void {
    const sinceOpened = confirmedAt - openedAt;
    const until = shifted(sentAt, sinceOpened - Math.abs(sinceOpened) * MAX_DRIFT);
    // By each clock: while one of them is right, the age is not shorter than the true one.
    this.#appliedUntil = {
      monotonicMs: Math.max(this.#appliedUntil.monotonicMs, until.monotonicMs),
      wallMs: Math.max(this.#appliedUntil.wallMs, until.wallMs),
    };
    this.#heartbeat = { nowMs, at };
  }

  /** The verifier's time, epoch ms, if everything that was committed up to 0.9 seconds ago is applied; else null. */
  freshTime(now: ClockTimes): number | null {
    if (elapsedMs(this.#appliedUntil, now) > MAX_AGE_MS) return null;
    return this.#heartbeat.nowMs + elapsedMs(this.#heartbeat.at, now);
  }
}
