/** How many checks are begun in one turn of the event loop. They are answered together, at its end. */
interface Bound {
  /** As many as it takes so long to judge, ms, */
  turnMs: number;
  /** but so many, however slow the machine, */
  least: number;
  /** and never more. */
  most: number;
}

/** A turn that so many ask in had not caught up with the one before. Fewer are all let in. */
const CROWDED = 96;
/** A burst is let in as long as it can be answered soon. */
const CALM: Bound = { turnMs: 6, least: CROWDED, most: 512 };
/** Where it goes on like this every turn is kept short, so that those who are let in don't wait for the others. */
const OVERLOADED: Bound = { turnMs: 2, least: 32, most: 128 };
/** For so long every turn has to be crowded before it is more than a burst, and none before that is over. */
const SETTLES_MS = 100;
/** How much the latest turn counts in what a check is thought to take; one that was not crowded counts less. */
const LATEST = 0.1;

interface Asker {
  begin: () => void;
  turnAway: () => void;
}

interface AdmissionOptions {
  /** Called once all that a turn let in has been begun. */
  begun?: () => void;
  /** Monotonic, ms. */
  clock?: () => number;
  /** From 0, below 1. */
  random?: () => number;
}

/**
 * The door of a verifier that is asked more than it can answer: what is let in is answered soon, and the rest is
 * turned away before anything is read of it. Who is let in is drawn by lot among those who ask in the same turn: by
 * order of arrival, whoever was answered last would be the first again, and others never.
 */
export class LoadShedder {
  readonly #begun: () => void;
  readonly #clock: () => number;
  readonly #random: () => number;
  #asking: Asker[] = [];
  #bound = CALM;
  /** When turns began to be other than the bound is for; null while they are not. */
  #otherSince: number | null = null;
  /** What it takes to judge a check, ms: as in the turns before. */
  #eachMs = 0;
  /** Of this turn: how many are let in, when that was decided, and who is not. */
  #room = 0;
  #decidedAt = 0;
  #outside: Asker[] = [];
  #endedAt = 0;

  constructor({ begun, clock, random }: AdmissionOptions = {}) {
    this.#begun = begun ?? (() => {});
    this.#clock = clock ?? (() => performance.now());
    this.#random = random ?? Math.random;
  }

  /** Calls one of the two before this turn of the event loop ends. */
  ask(begin: () => void, turnAway: () => void): void {
    if (this.#asking.push({ begin, turnAway }) > 1) return;
    setImmediate(() => this.#decide());
    // Behind what `decide` begins, and what that leaves for `process.nextTick`, and still in the same turn.
    setImmediate(() => this.#endTurn());
  }

  #decide(): void {
    const asking = this.#asking;
    this.#asking = [];
    this.#decidedAt = this.#clock();
    this.#noteCrowd(asking.length, this.#decidedAt);
    this.#room = Math.min(asking.length, asking.length < CROWDED ? CROWDED : this.#roomInTurn());
    if (this.#room < asking.length) this.#draw(asking, this.#room);
    this.#outside = asking.splice(this.#room);
    for (const { begin } of asking) begin();
  }

  #endTurn(): void {
    const eachMs = (this.#clock() - this.#decidedAt) / this.#room;
    this.#eachMs += (eachMs - this.#eachMs) * LATEST * Math.min(1, this.#room / CROWDED);
    this.#begun();
    for (const { turnAway } of this.#outside) turnAway();
    this.#endedAt = this.#clock();
  }

  #noteCrowd(asking: number, nowMs: number): void {
    if (nowMs - this.#endedAt >= SETTLES_MS) {
      // Nobody has asked for so long.
      this.#bound = CALM;
      this.#otherSince = null;
    }
    const suited = asking < CROWDED ? CALM : OVERLOADED;
    if (suited === this.#bound) this.#otherSince = null;
    else this.#otherSince ??= nowMs;
    if (this.#otherSince === null || nowMs - this.#otherSince < SETTLES_MS) return;
    this.#bound = suited;
    this.#otherSince = null;
  }

  #roomInTurn(): number {
    const { turnMs, least, most } = this.#bound;
    return Math.min(most, Math.max(least, Math.floor(turnMs / this.#eachMs)));
  }

  /** Puts `count` of them, drawn by lot, in front. */
  #draw(asking: Asker[], count: number): void {
    for (let at = 0; at < count; at++) {
      const drawn = at + Math.floor(this.#random() * (asking.length - at));
      [asking[at], asking[drawn]] = [asking[drawn] as Asker, asking[at] as Asker];
    }
  }
}
