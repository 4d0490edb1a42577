const MIB = 1_048_576;

/** Bytes of each body that are always accepted: forms, sign-ins and verifications are smaller. */
export const FREE_BODY_BYTES = 64 * 1024;

interface BudgetLimits {
  /** Bytes of all bodies together. */
  totalBytes: number;
  /** Bytes of one client's bodies together: enough for one OpenAPI document. */
  callerBytes: number;
}

/**
 * Limits the memory of large request bodies, so that clients who send many at once can't exhaust it. Only bytes
 * beyond `FREE_BODY_BYTES` of each body count: small requests are accepted even if the budget is used up.
 */
export class BodyBudget {
  readonly #limits: BudgetLimits;
  readonly #byCaller = new Map<string, number>();
  #total = 0;

  constructor(limits: BudgetLimits = { totalBytes: 128 * MIB, callerBytes: 48 * MIB }) {
    this.#limits = limits;
  }

  /** Bytes currently counted. */
  get heldBytes(): number {
    return this.#total;
  }

  /**
   * Counts bytes of a client (an IPv4 address or an IPv6 /64); returns false, and counts nothing, if they exceed the
   * budget.
   */
  take(caller: string, bytes: number): boolean {
    const own = (this.#byCaller.get(caller) ?? 0) + bytes;
    if (own > this.#limits.callerBytes || this.#total + bytes > this.#limits.totalBytes) return false;
    this.#byCaller.set(caller, own);
    this.#total += bytes;
    return true;
  }

  /** Returns bytes to the budget. */
  release(caller: string, bytes: number): void {
    const left = (this.#byCaller.get(caller) ?? 0) - bytes;
    if (left > 0) this.#byCaller.set(caller, left);
    else this.#byCaller.delete(caller);
    this.#total -= bytes;
  }
}
