import { type Clock, elapsedMs, NEVER, readClock } from "../clock.ts";
import { VerdictUnavailableError } from "../errors.ts";
import type { DecodedToken } from "./json-web-token.ts";

/** How to import a public key, and how to verify with it. */
interface Algorithm {
  name: "ES256" | "EdDSA";
  key: EcKeyImportParams | { name: "Ed25519" };
  verification: EcdsaParams | { name: "Ed25519" };
}

const ALGORITHMS: Record<string, Algorithm> = {
  "EC P-256": {
    name: "ES256",
    key: { name: "ECDSA", namedCurve: "P-256" },
    verification: { name: "ECDSA", hash: "SHA-256" },
  },
  "OKP Ed25519": { name: "EdDSA", key: { name: "Ed25519" }, verification: { name: "Ed25519" } },
};

/** Keys are published a day before they sign, so those in memory are enough for as long. */
const REFRESH_MS = 300_000;
/** An unknown key id in a token makes the keys be read again, but not more often than this: anyone can send one. */
const MIN_REFRESH_MS = 10_000;

interface PublicKey {
  algorithm: Algorithm;
  key: CryptoKey;
}

/** The published keys that verify access tokens (RFC 7517). */
export class KeySet {
  readonly #read: () => Promise<unknown>;
  readonly #clock: Clock;
  #keys: ReadonlyMap<string, PublicKey> | null = null;
  #triedAt = NEVER;
  #reading: Promise<void> | null = null;

  /** `read` answers with the set. */
  constructor(read: () => Promise<unknown>, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  /**
   * Whether one of the published keys signed the token, with the algorithm of that key. Rejects with
   * `VerdictUnavailableError` if the keys could never be read.
   */
  async hasSigned({ algorithm, keyId, signed, signature }: DecodedToken): Promise<boolean> {
    const age = elapsedMs(this.#triedAt, readClock(this.#clock));
    const isKnown = this.#keys?.has(keyId) ?? false;
    if (age > REFRESH_MS || (!isKnown && age > MIN_REFRESH_MS)) {
      // A known key need not wait for the others.
      const reading = this.#refresh();
      if (!isKnown) await reading;
      else reading.catch(() => {});
    } else if (!isKnown) await this.#reading;
    if (this.#keys === null) throw new VerdictUnavailableError("The keys of access tokens can't be read.");
    const found = this.#keys.get(keyId);
    if (found === undefined || found.algorithm.name !== algorithm) return false;
    return crypto.subtle.verify(found.algorithm.verification, found.key, signature, signed);
  }

  #refresh(): Promise<void> {
    this.#triedAt = readClock(this.#clock);
    this.#reading ??= this.#read()
      .then(importKeys)
      .then(
        (keys) => {
          this.#keys = keys;
        },
        (error: unknown) => {
          // Those in memory still verify. Without any, the next token tries again.
          if (this.#keys !== null) return;
          this.#triedAt = NEVER;
          throw new VerdictUnavailableError("The keys of access tokens can't be read.", { cause: error });
        },
      )
      .finally(() => {
        this.#reading = null;
      });
    return this.#reading;
  }
}

/** Leaves out keys that this version can't use. */
async function importKeys(set: unknown): Promise<ReadonlyMap<string, PublicKey>> {
  const { keys } = (set ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new Error("The answer is not a set of keys.");
  const found = new Map<string, PublicKey>();
  for (const jwk of keys as (JsonWebKey & { kid?: unknown })[]) {
    const algorithm = ALGORITHMS[`${jwk?.kty} ${jwk?.crv}`];
    if (algorithm === undefined || typeof jwk.kid !== "string") continue;
    const key = await importKey(jwk, algorithm);
    if (key !== null) found.set(jwk.kid, { algorithm, key });
  }
  return found;
}

/** Null for a key that can't be imported: the others still verify. */
async function importKey({ kty, crv, x, y }: JsonWebKey, algorithm: Algorithm): Promise<CryptoKey | null> {
  const jwk = { kty, crv, x, ...(y !== undefined && { y }) } as JsonWebKey;
  try {
    return await crypto.subtle.importKey("jwk", jwk, algorithm.key, false, ["verify"]);
  } catch {
    return null;
  }
}
