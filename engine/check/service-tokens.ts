import { hashToken, tokenKind } from "#core/tokens.ts";
import { chain, type MaybePromise } from "#platform/maybe-promise.ts";
import type { LastUse } from "../aggregation/usage-rows.ts";
import type { FactStore } from "../cache/fact-store.ts";
import type { ServiceTokenFacts } from "../cache/load-facts.ts";

/** A use is stored once a minute for each token: that is precise enough for display. */
const STORE_EVERY_MS = 60_000;
/** Maximum number of service tokens whose hashes are remembered. */
const MAX_HASHES = 64;

interface ServiceTokenOptions {
  factStore: FactStore;
  /** The prefixes of tokens that are accepted. */
  keyPrefixes: readonly string[];
  /** Epoch ms. */
  now: () => number;
  /** Called before a token is looked up. */
  beforeFind: () => void;
}

/** Finds the service of a token, and remembers when tokens were used until that is stored. */
export class ServiceTokens {
  readonly #options: ServiceTokenOptions;
  /** Hashes of the valid tokens that were sent lately. Each check sends one, and few services send checks. */
  readonly #hashes = new Map<string, string>();
  /** Valid tokens only, of which there are few. */
  readonly #uses = new UnstoredUses();
  readonly #olderUses = new UnstoredUses();

  constructor(options: ServiceTokenOptions) {
    this.#options = options;
  }

  /** The service that a token belongs to; null if the token is invalid, has expired or was replaced. */
  find(token: string): MaybePromise<ServiceTokenFacts | null> {
    const { factStore, keyPrefixes, beforeFind } = this.#options;
    beforeFind();
    const known = this.#hashes.get(token);
    // Looked up every time, so a token that was revoked is denied.
    if (known !== undefined) return chain(factStore.serviceTokens.get(known), this.#usable);
    if (tokenKind(keyPrefixes, token) !== "svc") return null;
    const hash = hashToken(token);
    return chain(factStore.serviceTokens.get(hash), (service) => {
      if (service !== null) this.#remember(token, hash);
      return this.#usable(service);
    });
  }

  /** The uses to store now. A use whose storing fails is replaced by the next one, a minute later. */
  takeUses(): LastUse[] {
    return this.#uses.take();
  }

  /** The same for uses of secrets in their overlap, which `takeUses` has too. */
  takeOlderUses(): LastUse[] {
    return this.#olderUses.take();
  }

  /** The service unless its token has ended. The end is checked at each use, because facts stay in the cache. */
  readonly #usable = (service: ServiceTokenFacts | null): ServiceTokenFacts | null => {
    if (service === null) return null;
    const nowMs = this.#options.now();
    if (service.endsAt !== null && nowMs >= service.endsAt) return null;
    this.#uses.note(service.id, nowMs);
    if (service.isOlder) this.#olderUses.note(service.id, nowMs);
    return service;
  };

  #remember(token: string, hash: string): void {
    if (this.#hashes.size === MAX_HASHES) this.#hashes.clear();
    // Copied, because a slice would keep the whole request's headers in memory.
    this.#hashes.set(Buffer.from(token).toString(), hash);
  }
}

/** The last uses by id, each of which is stored once a minute. */
class UnstoredUses {
  readonly #usedAt = new Map<string, number>();
  readonly #storedAt = new Map<string, number>();

  note(id: string, atMs: number): void {
    this.#usedAt.set(id, atMs);
  }

  take(): LastUse[] {
    const due = [...this.#usedAt].filter(([id, at]) => at - (this.#storedAt.get(id) ?? 0) >= STORE_EVERY_MS);
    for (const [id, at] of due) this.#storedAt.set(id, at);
    return due;
  }
}
