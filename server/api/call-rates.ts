import type { LRUCache } from "lru-cache";
import type { Bounds } from "#core/bounds.ts";
import { limitHeaders } from "#core/limits/headers.ts";
import { SlidingWindow } from "#core/limits/window.ts";
import { hashToken } from "#core/tokens.ts";
import { clientKey } from "#domain/access/accounts/throttle.ts";
import type { Actor } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { leastRecent } from "#platform/least-recent.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import type { Services } from "../context.ts";
import { HttpError } from "../problem.ts";

const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1_000;
/** Remembered callers, at most about 1 kB each. Beyond that, the least recent ones are forgotten and start at zero. */
const MAX_CREDENTIALS = 10_000;
const MAX_IP_ADDRESSES = 20_000;

type Rates = Pick<Bounds, "callsPerMinute" | "anonymousCallsPerMinute">;

/** The result of counting a request in one window. */
interface Taken {
  fits: boolean;
  waitMs: number;
  headers: Record<string, string>;
}

/**
 * The request rates of the management API: per valid credential, and per IP address (an IPv6 /64) without one. Counted
 * by this process in sliding windows of a minute. A denied request is not counted.
 */
export class CallRates {
  readonly #rates: Rates;
  readonly #clock: () => number;
  readonly #credentials = leastRecent<SlidingWindow>(MAX_CREDENTIALS);
  readonly #ipAddresses = leastRecent<SlidingWindow>(MAX_IP_ADDRESSES);
  /** Lookups of unknown tokens by IP address, so that invalid tokens cannot cause unlimited queries. */
  readonly #lookups = leastRecent<SlidingWindow>(MAX_IP_ADDRESSES);
  /** Ids of recently valid tokens by their hash. */
  readonly #known = leastRecent<string>(MAX_CREDENTIALS);

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

  ofIpAddress(caller: string): Taken {
    return this.#take(this.#ipAddresses, caller, this.#rates.anonymousCallsPerMinute);
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

/** The counts of this process. */
export function callRatesOf(services: Pick<Services, "settings">): CallRates {
  const stores = processSingleton("call rates", () => new WeakMap<object, CallRates>());
  const rates = stores.get(services) ?? new CallRates(services.settings.bounds);
  stores.set(services, rates);
  return rates;
}

/**
 * Starts to count a request. `token`: a well-formed management token, valid or not. Not a method of the shared counts,
 * because they may have been created by the bundle of the pages, whose `HttpError` is another class.
 */
export function beginCall(rates: CallRates, token: string | null, address: string | null): CallCharge {
  return new CallCharge(
    rates,
    token === null ? null : hashToken(token),
    address === null ? "" : clientKey(address),
  );
}

/** Counts a page's action for the signed-in user. Throws `too-many` above the rate. */
export function countAction(rates: CallRates, actor: Actor): void {
  if (actor.kind !== "user") return;
  const { fits, waitMs } = rates.ofCredential(actor.userId);
  if (fits) return;
  throw new DomainError("too-many", "Too many actions within a minute. Wait a moment, then try again.", {
    retryAfterMs: waitMs,
  });
}

/** What a request counts for, and the rate headers of its response. */
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

  /** Called before a token is looked up. Throws 429 if the address caused too many lookups of unknown tokens. */
  beforeLookup(): void {
    if (this.#hash === null) this.anonymous();
    else if (this.#rates.knownToken(this.#hash) === undefined)
      this.#settle(this.#rates.ofLookup(this.#caller), false);
  }

  /** Counts the request for the token, which is valid. Throws 429 above the rate. */
  identified(tokenId: string): void {
    if (this.#hash !== null) this.#rates.remember(this.#hash, tokenId);
    this.#settle(this.#rates.ofCredential(tokenId), true);
  }

  /** Counts the request for the address, because the token is invalid. Throws 429 above the rate. */
  rejected(): void {
    if (this.#hash !== null) this.#rates.forget(this.#hash);
    this.anonymous();
  }

  /** For a request that has no route or needs no token: counted for a recently valid token, otherwise for the IP address. */
  anonymous(): void {
    if (this.#isCounted) return;
    const tokenId = this.#hash === null ? undefined : this.#rates.knownToken(this.#hash);
    const taken =
      tokenId === undefined ? this.#rates.ofIpAddress(this.#caller) : this.#rates.ofCredential(tokenId);
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
