const MIB = 1_048_576;

/** Of each body, so much always passes: forms, sign-ins and checks are smaller. */
export const FREE_BODY_BYTES = 64 * 1024;

interface BudgetLimits {
  /** Bytes of all bodies together. */
  totalBytes: number;
  /** Bytes of one caller's bodies together: room for one OpenAPI document. */
  callerBytes: number;
}

/**
 * Counts the bytes of large request bodies that are in memory, so that strangers who send many at once can't exhaust
 * it. Only what is beyond `FREE_BODY_BYTES` of each body counts: small requests pass while the budget is used up.
 */
export class BodyBudget {
  readonly #limits: BudgetLimits;
  readonly #byCaller = new Map<string, number>();
  #total = 0;

  constructor(limits: BudgetLimits = { totalBytes: 128 * MIB, callerBytes: 48 * MIB }) {
    this.#limits = limits;
  }

  /** Bytes that are counted now. */
  get heldBytes(): number {
    return this.#total;
  }

  /** Counts bytes that a caller (an IP address, or a /64 of IPv6) sent; false, and uncounted, where there is no room. */
  take(caller: string, bytes: number): boolean {
    const own = (this.#byCaller.get(caller) ?? 0) + bytes;
    if (own > this.#limits.callerBytes || this.#total + bytes > this.#limits.totalBytes) return false;
    this.#byCaller.set(caller, own);
    this.#total += bytes;
    return true;
  }

  /** The bytes are no longer in use. */
  release(caller: string, bytes: number): void {
    const left = (this.#byCaller.get(caller) ?? 0) - bytes;
    if (left > 0) this.#byCaller.set(caller, left);
    else this.#byCaller.delete(caller);
    this.#total -= bytes;
  }
}
