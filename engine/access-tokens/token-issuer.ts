import { LRUCache } from "lru-cache";
import type { Client } from "#core/client.ts";
import { denyUnknown } from "#core/decide.ts";
import type { UnknownFacts } from "#core/facts.ts";
import { networkOf } from "#core/network.ts";
import { familyOf } from "#core/verdict.ts";
import type { DeniedVerdict, ValidVerdict } from "#core/verdict-schema.ts";
import { credentialOf } from "../check/check.ts";
import type { CheckExchange } from "../check/check-exchange.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import type { Engine } from "../engine.ts";
import type { FormRequest } from "./form.ts";
import { signToken } from "./issued-token.ts";
import { OAuthError, oauthReply } from "./oauth-error.ts";
import { MAX_CHANGE_DELAY_MS } from "./revocation-list.ts";
import type { SigningKeys } from "./signing-keys.ts";
import {
  denialError,
  FAILURE_WINDOW_MS,
  fromDatabase,
  MAX_SLUG_LENGTH,
  NO_SIGNING_KEYS,
  noSuchTarget,
  tooManyFailures,
} from "./token-errors.ts";
import { ACCESS_TOKEN, invalidClient, readTokenRequest, type TokenRequest } from "./token-request.ts";

export interface TokenCall extends FormRequest {
  /** The caller, as its connection and headers show it. */
  client: Client;
}

/** Wrong credentials that one network may send in a minute. */
const MAX_FAILURES = 60;
const MAX_NETWORKS = 20_000;

export interface IssuerOptions {
  engine: Engine;
  keys: SigningKeys;
  /** The portal's URL, the `iss` of its tokens. */
  issuer: string;
  lifetimeMs: number;
}

/** Issues access tokens for keys: a counted check, and then a signed token. */
export class TokenIssuer {
  readonly #engine: Engine;
  readonly #keys: SigningKeys;
  readonly #issuer: string;
  readonly #lifetimeMs: number;
  readonly #failures = new LRUCache<string, number>({
    max: MAX_NETWORKS,
    ttl: FAILURE_WINDOW_MS,
    noUpdateTTL: true,
  });

  constructor({ engine, keys, issuer, lifetimeMs }: IssuerOptions) {
    this.#engine = engine;
    this.#keys = keys;
    this.#issuer = issuer;
    this.#lifetimeMs = lifetimeMs;
  }

  /** Answers a request for a token through `exchange`. Rejects with the error to answer. */
  async issue(exchange: CheckExchange, call: TokenCall): Promise<void> {
    const network = networkOf(call.client.clientIp ?? "", { 4: 32, 6: 64 });
    if ((this.#failures.get(network) ?? 0) >= MAX_FAILURES) throw tooManyFailures();
    const tokenRequest = readTokenRequest(call);
    const verdict = await this.#evaluate(exchange, call, tokenRequest);
    if (!verdict.valid) {
      // Not keys that have ended: one client that still uses one must not lock out all others of its network.
      if (familyOf(verdict.code) === "credential" && verdict.keyId === undefined)
        this.#failures.set(network, (this.#failures.get(network) ?? 0) + 1);
      exchange.respond(denialError(verdict, tokenRequest).toReply(exchange.requestId));
      return;
    }
    const scope = scopeOf(verdict, tokenRequest);
    const { nowMs } = this.#engine;
    const issuer = this.#issuer;
    const lifetimeMs = this.#lifetimeNow();
    const signed = await fromDatabase(
      signToken(this.#keys, { issuer, verdict, scope, nowMs, lifetimeMs }),
      NO_SIGNING_KEYS,
    );
    if (signed === null) throw invalidClient("KEY_EXPIRED: The key or its secret ends within a second.");
    const body = {
      access_token: signed.token,
      token_type: "Bearer",
      expires_in: signed.expiresInSeconds,
      ...(scope !== null && { scope }),
      ...(tokenRequest.grant === "exchange" && { issued_token_type: ACCESS_TOKEN }),
    };
    exchange.respond(oauthReply(200, exchange.requestId, JSON.stringify(body)));
  }

  /** Without the database, the key may be revoked already: its tokens then end when its verdicts do. */
  #lifetimeNow(): number {
    const { lagMs, staleMaxMs } = this.#engine;
    if (lagMs <= MAX_CHANGE_DELAY_MS) return this.#lifetimeMs;
    const leftMs = staleMaxMs - lagMs;
    if (leftMs < 1_000) throw new VerdictUnavailable("the database has been unavailable for too long");
    return Math.min(this.#lifetimeMs, leftMs);
  }

  /** The verdict on the key for this API, counted and recorded as any check. */
  async #evaluate(
    exchange: CheckExchange,
    { client }: TokenCall,
    tokenRequest: TokenRequest,
  ): Promise<DeniedVerdict | ValidVerdict> {
    const engine = this.#engine;
    if (engine.unavailableReason !== null) throw new VerdictUnavailable(engine.unavailableReason);
    const facts = await engine.factsOf(credentialOf(engine, tokenRequest.secret));
    if (facts.credential !== "known") return denyUnknownKey(exchange, client, facts);
    // Says nothing about an API to a caller who names another key than the one it has.
    if (tokenRequest.clientId !== null && tokenRequest.clientId !== facts.secret.key.id)
      return denyUnknownKey(exchange, client, { credential: "unknown" });
    const api =
      tokenRequest.audience.length <= MAX_SLUG_LENGTH ? await engine.apiOf(tokenRequest.audience) : null;
    if (api === null) throw noSuchTarget(tokenRequest.audience);
    const scopes = tokenRequest.scopes === null ? undefined : [...tokenRequest.scopes];
    const input = {
      ...defined(client),
      key: tokenRequest.secret,
      api: api.slug,
      cost: 1,
      requiredScopes: scopes,
    };
    const check = exchange.check(input, null, api);
    const result = await engine.evaluate(check);
    await new Promise<void>((resolve, reject) => {
      engine.record(result, (ok) =>
        ok ? resolve() : reject(new VerdictUnavailable("the journal can't be written")),
      );
    });
    exchange.observer.answered(result.verdict.code, api.slug, result.verdict.keyId);
    return result.verdict;
  }
}

/** A denial that belongs to no project, so only the metrics count it. */
function denyUnknownKey(
  { requestId, observer }: CheckExchange,
  client: Client,
  facts: UnknownFacts,
): DeniedVerdict {
  const request = { requestId, api: "", operation: null, call: null, client, cost: 1 };
  const verdict = denyUnknown(facts, { ...request, requiredScopes: null, apiScopes: [] });
  observer.answered(verdict.code, "", undefined);
  return verdict;
}

/** The scope of the token: those that were asked for, else all that the key has; null if the API has none. */
function scopeOf({ scopes }: ValidVerdict, tokenRequest: TokenRequest): string | null {
  const granted = tokenRequest.scopes ?? scopes;
  // A key that is not limited has every scope that the API declares, and no other.
  if (!granted.every((scope) => scopes.includes(scope)))
    throw new OAuthError("invalid_scope", "SCOPE_NOT_GRANTED: The API does not have this scope.");
  return granted.length === 0 ? null : granted.join(" ");
}

/** The fields of the caller that are known, as a check takes them. */
function defined(client: Client): Partial<Record<keyof Client, string>> {
  return Object.fromEntries(Object.entries(client).filter(([, value]) => value !== null));
}
