import { LRUCache } from "lru-cache";
import type { Bounds } from "#core/bounds.ts";
import { SlidingWindow } from "#core/limits/window.ts";
import { hashToken } from "#core/tokens.ts";
import { clientKey } from "#domain/access/accounts/throttle.ts";
import type { Actor } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { limitHeaders } from "#engine/limits/headers.ts";
import { shared } from "#platform/shared.ts";
import type { Services } from "../context.ts";
import { HttpError } from "../problem.ts";

const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1_000;
/** Callers remembered; of more, those that called least recently start anew. About 1 kB each at most. */
const MAX_CREDENTIALS = 10_000;
const MAX_ADDRESSES = 20_000;

type Rates = Pick<Bounds, "callsPerMinute" | "anonymousCallsPerMinute">;

/** What one window says after a call. */
interface Taken {
  fits: boolean;
  waitMs: number;
  headers: Record<string, string>;
}

/**
 * How often one may call the management API: with a credential that works, and from an IP address (of IPv6 a /64)
 * without one. Counted by this process, in sliding windows of a minute. A denied call is not counted.
 */
export class CallRates {
  readonly #rates: Rates;
  readonly #clock: () => number;
  readonly #credentials = new LRUCache<string, SlidingWindow>({ max: MAX_CREDENTIALS });
  readonly #addresses = new LRUCache<string, SlidingWindow>({ max: MAX_ADDRESSES });
  /** Look-ups of tokens that were not known before, by address: junk must not become queries without end. */
  readonly #lookups = new LRUCache<string, SlidingWindow>({ max: MAX_ADDRESSES });
  /** Ids of tokens that worked lately, by their hash. */
  readonly #known = new LRUCache<string, string>({ max: MAX_CREDENTIALS });

  /** `clock`: monotonic, ms. */
  constructor(rates: Rates, clock: () => number = () => performance.now()) {
    this.#rates = rates;
    this.#clock = clock;
  }

  knownToken(hash: string): string | undefined {
    return this.#known.get(hash);
  }

  remember(hash: string, tokenId: string): void {
    this.#known.set(hash, tokenId);
  }

  forget(hash: string): void {
    this.#known.delete(hash);
  }

  ofCredential(id: string): Taken {
    return this.#take(this.#credentials, id, this.#rates.callsPerMinute);
  }

  ofAddress(caller: string): Taken {
    return this.#take(this.#addresses, caller, this.#rates.anonymousCallsPerMinute);
  }

  ofLookup(caller: string): Taken {
    return this.#take(this.#lookups, caller, this.#rates.callsPerMinute);
  }

  #take(windows: LRUCache<string, SlidingWindow>, key: string, limit: number): Taken {
    const now = this.#clock();
    const window = windows.get(key) ?? new SlidingWindow();
    windows.set(key, window);
    window.slide(now, WINDOW_MS);
    const waitMs = window.waitMs(now, WINDOW_MS, limit, 1);
    if (waitMs === 0) window.add(now, WINDOW_MS, 1);
    const remaining = Math.max(0, limit - window.used);
    const resetMs = window.resetMs(now, WINDOW_MS);
    const rateLimit = { limit, windowSeconds: WINDOW_SECONDS, remaining, resetMs };
    return { fits: waitMs === 0, waitMs, headers: limitHeaders({ rateLimit, quota: null }, 0) };
  }
}

/** The counts of a process: one store for its services. */
export function callRatesOf(services: Pick<Services, "settings">): CallRates {
  const stores = shared("call rates", () => new WeakMap<object, CallRates>());
  const rates = stores.get(services) ?? new CallRates(services.settings.bounds);
  stores.set(services, rates);
  return rates;
}

/**
 * Begins to count a call. `token`: what was sent as a management token, if it has the shape of one. Not a method of
 * the shared counts: those may have been created by the pages' bundle, whose `HttpError` is another class.
 */
export function beginCall(rates: CallRates, token: string | null, address: string | null): CallCharge {
  return new CallCharge(
    rates,
    token === null ? null : hashToken(token),
    address === null ? "" : clientKey(address),
  );
}

/** Counts an action of a page to whoever is signed in. Throws `too-many` where they did too much within a minute. */
export function countAction(rates: CallRates, actor: Actor): void {
  if (actor.kind !== "user") return;
  const { fits, waitMs } = rates.ofCredential(actor.userId);
  if (fits) return;
  throw new DomainError("too-many", "You did too much within a minute. Wait a moment, then try again.", {
    retryAfterMs: waitMs,
  });
}

/** To whom one call is counted, and what its answer says of that. */
export class CallCharge {
  headers: Record<string, string> = {};
  readonly #rates: CallRates;
  readonly #hash: string | null;
  readonly #caller: string;
  #isCounted = false;

  constructor(rates: CallRates, hash: string | null, caller: string) {
    this.#rates = rates;
    this.#hash = hash;
    this.#caller = caller;
  }

  /** Before a token is looked up. Throws 429 where an address had too many looked up that were not known. */
  beforeLookup(): void {
    if (this.#hash === null) this.anonymous();
    else if (this.#rates.knownToken(this.#hash) === undefined)
      this.#settle(this.#rates.ofLookup(this.#caller), false);
  }

  /** The token works: the call is its own. Throws 429 where it called too often. */
  identified(tokenId: string): void {
    if (this.#hash !== null) this.#rates.remember(this.#hash, tokenId);
    this.#settle(this.#rates.ofCredential(tokenId), true);
  }

  /** The token does not work: the call is its address's. Throws 429 where that called too often. */
  rejected(): void {
    if (this.#hash !== null) this.#rates.forget(this.#hash);
    this.anonymous();
  }

  /** A call that needs no token, or comes to no route: its token's where that worked lately, else its address's. */
  anonymous(): void {
    if (this.#isCounted) return;
    const tokenId = this.#hash === null ? undefined : this.#rates.knownToken(this.#hash);
    const taken =
      tokenId === undefined ? this.#rates.ofAddress(this.#caller) : this.#rates.ofCredential(tokenId);
    this.#settle(taken, true);
  }

  #settle({ fits, waitMs, headers }: Taken, counts: boolean): void {
    this.#isCounted ||= counts;
    if (counts || !fits) this.headers = headers;
    if (fits) return;
    this.#isCounted = true;
    throw new HttpError(429, "Too many calls within a minute. Wait as long as Retry-After says.", {
      headers: { "Retry-After": String(Math.max(1, Math.ceil(waitMs / 1_000))) },
    });
  }
}
