import { LRUCache } from "lru-cache";
import type { Client } from "#core/client.ts";
import { denyUnknown } from "#core/decide.ts";
import type { UnknownFacts } from "#core/facts.ts";
import { networkOf } from "#core/network.ts";
import { familyOf } from "#core/verdict.ts";
import type { DeniedVerdict, ValidVerdict } from "#core/verdict-schema.ts";
import { recordChange } from "#db/changes.ts";
import type { Settings } from "#platform/settings.ts";
import { VerdictUnavailable } from "../cache/fill-gate.ts";
import type { ServiceTokenFacts } from "../cache/load-facts.ts";
import { bearerOf, failureReply as checkFailure, unauthorized } from "../check/answer.ts";
import { type CheckObserver, credentialOf } from "../check/check.ts";
import { Exchange } from "../check/exchange.ts";
import { HttpProblem, type Reply } from "../check/reply.ts";
import type { Engine } from "../engine.ts";
import { basicCredentials, type FormRequest, readForm } from "./form.ts";
import { type Claims, readToken, signToken } from "./issued-token.ts";
import { isStillValid } from "./key-states.ts";
import { OAuthError, oauthReply } from "./oauth-error.ts";
import { MAX_CHANGE_DELAY_MS, MAX_WAIT_SECONDS, RevocationList } from "./revocation-list.ts";
import { SigningKeys } from "./signing-keys.ts";
import {
  denialError,
  FAILURE_WINDOW_MS,
  failureReply,
  MAX_SLUG_LENGTH,
  needsServiceToken,
  noSuchTarget,
  tooManyFailures,
} from "./token-errors.ts";
import {
  ACCESS_TOKEN,
  GRANT_TYPES,
  invalidClient,
  readTokenRequest,
  type TokenRequest,
} from "./token-request.ts";

interface TokenSettings extends Pick<Settings, "url"> {
  accessTokens: Pick<Settings["accessTokens"], "algorithm" | "lifetimeMs">;
}

export interface TokenCall extends FormRequest {
  /** The caller, as its connection and headers show it. */
  client: Client;
}

export interface ListRequest extends Pick<FormRequest, "authorization" | "requestId"> {
  query: URLSearchParams;
  /** Aborts when the client disconnects. */
  signal: AbortSignal;
}

/** Wrong credentials that one network may send in a minute. */
const MAX_FAILURES = 60;
const MAX_NETWORKS = 20_000;

/** Access tokens (contract, section 15): issues them for keys, and says whether they still hold. */
export class AccessTokens {
  readonly #revocations: RevocationList;
  readonly #engine: Engine;
  readonly #keys: SigningKeys;
  readonly #issuer: string;
  readonly #lifetimeMs: number;
  readonly #failures = new LRUCache<string, number>({
    max: MAX_NETWORKS,
    ttl: FAILURE_WINDOW_MS,
    noUpdateTTL: true,
  });

  constructor(engine: Engine, settings: TokenSettings, secret: string) {
    const { algorithm, lifetimeMs } = settings.accessTokens;
    this.#engine = engine;
    this.#issuer = settings.url;
    this.#lifetimeMs = lifetimeMs;
    this.#keys = new SigningKeys({ db: engine.db, secret, algorithm, now: () => engine.nowMs });
    this.#revocations = new RevocationList(engine);
  }

  /** Answers `POST /oauth/token`, exactly once and never by throwing. */
  answerToken(call: TokenCall, observer: CheckObserver, respond: (reply: Reply) => void): void {
    const { requestId } = call;
    const exchange = new Exchange({ engine: this.#engine, requestId, observer, respond, failureReply });
    exchange.run(() => this.#issue(exchange, call));
  }

  /** Answers `POST /oauth/introspect` (RFC 7662), which needs a service token. */
  async answerIntrospection(call: FormRequest): Promise<Reply> {
    return this.#answer(call, async (form) => {
      const service = await this.#serviceOf(call);
      if (service === null) throw needsServiceToken();
      const token = form.get("token");
      if (token === undefined) throw new OAuthError("invalid_request", "Send the token.");
      const claims = await this.#claimsOf(token);
      const isActive =
        claims !== null &&
        (service.api === null || service.api === claims.aud) &&
        (await fromDatabase(
          isStillValid(this.#engine.db, claims, this.#engine.latestMs),
          "the key can't be read",
        ));
      return isActive ? { active: true, token_type: "Bearer", ...claims } : { active: false };
    });
  }

  /** Answers `POST /oauth/revoke` (RFC 7009): for the key that got the token, or a service that receives it. */
  async answerRevocation(call: FormRequest): Promise<Reply> {
    return this.#answer(call, async (form) => {
      const service = await this.#serviceOf(call);
      const keyId = service === null ? await this.#authenticatedKey(call, form) : null;
      const token = form.get("token");
      if (token === undefined) throw new OAuthError("invalid_request", "Send the token.");
      const claims = await this.#claimsOf(token);
      const isOwn =
        claims !== null && (service ? (service.api ?? claims.aud) === claims.aud : keyId === claims.sub);
      // RFC 7009, 2.2: an unknown token is answered like a revoked one.
      if (isOwn) await fromDatabase(this.#revoke(claims), "the revocation can't be stored");
      return {};
    });
  }

  /** Answers `GET /api/v1/revocations`, which needs a service token. Waits for the next entry if there is none. */
  async answerRevocations(call: ListRequest): Promise<Reply> {
    const { requestId, authorization, query, signal } = call;
    try {
      if (this.#engine.trouble !== null) throw new VerdictUnavailable(this.#engine.trouble);
      if ((await this.#serviceOf({ authorization })) === null) throw unauthorized();
      const waitSeconds = Number(query.get("wait") ?? 0);
      if (!Number.isInteger(waitSeconds) || waitSeconds < 0 || waitSeconds > MAX_WAIT_SECONDS)
        throw new HttpProblem(400, `“wait” must be 0 to ${MAX_WAIT_SECONDS} seconds.`);
      const list = await fromDatabase(
        this.#revocations.read(query.get("after"), waitSeconds * 1_000, signal),
        "the revocations can't be read",
      );
      return oauthReply(200, requestId, JSON.stringify(list));
    } catch (error) {
      return checkFailure(error, requestId);
    }
  }

  /** Answers `GET /.well-known/oauth-authorization-server` (RFC 8414). The endpoints are at `baseUrl`. */
  answerMetadata(baseUrl: string): Reply {
    const clients = ["client_secret_basic", "client_secret_post"];
    return publicReply({
      issuer: this.#issuer,
      token_endpoint: `${baseUrl}/oauth/token`,
      jwks_uri: `${baseUrl}/.well-known/jwks.json`,
      introspection_endpoint: `${baseUrl}/oauth/introspect`,
      revocation_endpoint: `${baseUrl}/oauth/revoke`,
      grant_types_supported: GRANT_TYPES,
      response_types_supported: [],
      token_endpoint_auth_methods_supported: clients,
      revocation_endpoint_auth_methods_supported: clients,
    });
  }

  /** Answers `GET /.well-known/jwks.json`: the public keys that verify tokens (RFC 7517). */
  async answerKeys(requestId: string): Promise<Reply> {
    try {
      return publicReply(await fromDatabase(this.#keys.published(), NO_SIGNING_KEYS));
    } catch (error) {
      return checkFailure(error, requestId);
    }
  }

  async #issue(exchange: Exchange, call: TokenCall): Promise<void> {
    const network = networkOf(call.client.clientIp ?? "", { 4: 32, 6: 64 });
    if ((this.#failures.get(network) ?? 0) >= MAX_FAILURES) throw tooManyFailures();
    const asked = readTokenRequest(call);
    const verdict = await this.#judge(exchange, call, asked);
    if (!verdict.valid) {
      // Not keys that have ended: one client that still uses one must not lock out all others of its network.
      if (familyOf(verdict.code) === "credential" && verdict.keyId === undefined)
        this.#failures.set(network, (this.#failures.get(network) ?? 0) + 1);
      exchange.respond(denialError(verdict, asked).toReply(exchange.requestId));
      return;
    }
    const scope = scopeOf(verdict, asked);
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
      ...(asked.grant === "exchange" && { issued_token_type: ACCESS_TOKEN }),
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
  async #judge(
    exchange: Exchange,
    { client }: TokenCall,
    asked: TokenRequest,
  ): Promise<DeniedVerdict | ValidVerdict> {
    const engine = this.#engine;
    if (engine.trouble !== null) throw new VerdictUnavailable(engine.trouble);
    const facts = await engine.factsOf(credentialOf(engine, asked.secret));
    if (facts.credential !== "known") return denyUnknownKey(exchange, client, facts);
    // Says nothing about an API to a caller who names another key than the one it has.
    if (asked.clientId !== null && asked.clientId !== facts.secret.key.id)
      return denyUnknownKey(exchange, client, { credential: "unknown" });
    const api = asked.audience.length <= MAX_SLUG_LENGTH ? await engine.apiOf(asked.audience) : null;
    if (api === null) throw noSuchTarget(asked.audience);
    const scopes = asked.scopes === null ? undefined : [...asked.scopes];
    const question = {
      ...defined(client),
      key: asked.secret,
      api: api.slug,
      cost: 1,
      requiredScopes: scopes,
    };
    const check = exchange.check(question, null, api);
    const result = await engine.judge(check);
    await new Promise<void>((resolve, reject) => {
      engine.record(result, (ok) =>
        ok ? resolve() : reject(new VerdictUnavailable("the journal can't be written")),
      );
    });
    exchange.observer.answered(result.verdict.code, api.slug, result.verdict.keyId);
    return result.verdict;
  }

  async #answer(call: FormRequest, work: (form: Map<string, string>) => Promise<object>): Promise<Reply> {
    const { requestId } = call;
    try {
      if (this.#engine.trouble !== null) throw new VerdictUnavailable(this.#engine.trouble);
      return oauthReply(200, requestId, JSON.stringify(await work(readForm(call))));
    } catch (error) {
      return failureReply(error, requestId);
    }
  }

  async #serviceOf({ authorization }: Pick<FormRequest, "authorization">): Promise<ServiceTokenFacts | null> {
    const token = bearerOf(authorization);
    return token === "" ? null : this.#engine.serviceTokens.find(token);
  }

  /** The id of the key whose id and secret authenticate the request. */
  async #authenticatedKey({ authorization }: FormRequest, form: Map<string, string>): Promise<string> {
    const basic = basicCredentials(authorization);
    const id = basic?.id ?? form.get("client_id");
    const secret = basic?.secret ?? form.get("client_secret");
    if (id === undefined || secret === undefined) throw invalidClient("Send the key's id and its secret.");
    const facts = await this.#engine.factsOf(credentialOf(this.#engine, secret));
    if (facts.credential !== "known" || facts.secret.key.id !== id)
      throw invalidClient("No key has this id and this secret.");
    return id;
  }

  async #claimsOf(token: string): Promise<Claims | null> {
    const { nowMs } = this.#engine;
    return fromDatabase(readToken(this.#keys, token, { issuer: this.#issuer, nowMs }), NO_SIGNING_KEYS);
  }

  async #revoke({ jti, sub, exp }: Claims): Promise<void> {
    const { db, nowMs } = this.#engine;
    await db.write(async (tx) => {
      const row = { id: jti, keyId: sub, revokedAt: nowMs, expiresAt: exp * 1_000 };
      await tx.q.insert(tx.t.revokedTokens).values(row).onConflictDoNothing();
      await recordChange(tx, { kind: "key", subject: sub }, nowMs);
    });
  }
}

const NO_SIGNING_KEYS = "the signing keys can't be read";

/** Rejects with `VerdictUnavailable` and the reason `why` if `work` rejects: it needs the database. */
function fromDatabase<T>(work: Promise<T>, why: string): Promise<T> {
  return work.catch((error: unknown) => {
    throw new VerdictUnavailable(why, { cause: error });
  });
}

/** What anyone may read, also the script of another site. */
function publicReply(body: object): Reply {
  return {
    status: 200,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "public, max-age=300",
      "Access-Control-Allow-Origin": "*",
    },
    body: JSON.stringify(body),
  };
}

/** A denial that belongs to no project, so only the metrics count it. */
function denyUnknownKey(
  { requestId, observer }: Exchange,
  client: Client,
  facts: UnknownFacts,
): DeniedVerdict {
  const request = { requestId, api: "", operation: null, call: null, client, cost: 1 };
  const verdict = denyUnknown(facts, { ...request, requiredScopes: null, apiScopes: [] });
  observer.answered(verdict.code, "", undefined);
  return verdict;
}

/** The scope of the token: those that were asked for, else all that the key has; null if the API has none. */
function scopeOf({ scopes }: ValidVerdict, asked: TokenRequest): string | null {
  const granted = asked.scopes ?? scopes;
  // A key that is not limited has every scope that the API declares, and no other.
  if (!granted.every((scope) => scopes.includes(scope)))
    throw new OAuthError("invalid_scope", "SCOPE_NOT_GRANTED: The API does not have this scope.");
  return granted.length === 0 ? null : granted.join(" ");
}

/** The fields of the caller that are known, as a check takes them. */
function defined(client: Client): Partial<Record<keyof Client, string>> {
  return Object.fromEntries(Object.entries(client).filter(([, value]) => value !== null));
}
