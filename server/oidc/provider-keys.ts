import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { fetchJson, fetchLimited } from "#platform/http/fetch-limited.ts";
import type { OidcProvider } from "#platform/oidc-settings.ts";

const LIMITS = { timeoutMs: 5_000, maxBytes: 1024 * 1024 };
/** How long a discovery document is used, and how long a failed one is not read again. */
const KEEP_MS = 60 * 60_000;
const RETRY_MS = 10_000;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/** The provider's keys can't be read. This says nothing about a token, so the provider should send it again. */
export class ProviderKeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

interface Cached {
  keys: Promise<JWTVerifyGetKey>;
  until: number;
}

/** The signing keys of the configured providers, by their discovery documents. `clock`: monotonic, ms. */
export class ProviderKeys {
  readonly #cached = new Map<string, Cached>();
  readonly #clock: () => number;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Throws if the provider can't be read, or names another issuer. */
  of({ issuer }: Pick<OidcProvider, "issuer">): Promise<JWTVerifyGetKey> {
    const cached = this.#cached.get(issuer);
    if (cached && this.#clock() < cached.until) return cached.keys;
    const keys = discoverKeys(issuer);
    const entry = { keys, until: this.#clock() + KEEP_MS };
    this.#cached.set(issuer, entry);
    keys.catch(() => {
      entry.until = this.#clock() + RETRY_MS;
    });
    return keys;
  }
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const document = discovery.parse(await fetchJson(`${issuer}/.well-known/openid-configuration`, LIMITS));
  if (document.issuer.replace(/\/+$/, "") !== issuer) {
    throw new Error("The discovery document names another issuer.");
  }
  // It reads the keys again when a token names an unknown one, at most every 30 seconds.
  const remote = createRemoteJWKSet(new URL(document.jwks_uri), {
    [customFetch]: (url, { headers }) => fetchLimited(url, { ...LIMITS, headers }),
  });
  return (header, token) =>
    remote(header, token).catch((cause: unknown) => {
      if (TOKEN_ERRORS.some((type) => cause instanceof type)) throw cause;
      throw new ProviderKeysUnavailable("The provider's keys can't be read.", { cause });
    });
}

const TOKEN_ERRORS = [
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSENotSupported,
  errors.JWKInvalid,
];
