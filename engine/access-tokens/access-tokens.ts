import { recordChange } from "#db/changes.ts";
import type { Settings } from "#platform/settings.ts";
import type { ServiceTokenFacts } from "../cache/load-facts.ts";
import { bearerOf, failureReply as checkFailure, unauthorized } from "../check/answer.ts";
import { type CheckObserver, credentialOf } from "../check/check.ts";
import { CheckExchange } from "../check/check-exchange.ts";
import { HttpProblem, type Reply } from "../check/reply.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import type { Engine } from "../engine.ts";
import { basicCredentials, type FormRequest, readForm } from "./form.ts";
import { type AccessTokenClaims, readToken } from "./issued-token.ts";
import { isStillValid } from "./key-states.ts";
import { OAuthError, oauthReply } from "./oauth-error.ts";
import { MAX_WAIT_SECONDS, RevocationList } from "./revocation-list.ts";
import { SigningKeys } from "./signing-keys.ts";
import { fromDatabase, NO_SIGNING_KEYS, needsServiceToken, oauthFailureReply } from "./token-errors.ts";
import { type TokenCall, TokenIssuer } from "./token-issuer.ts";
import { GRANT_TYPES, invalidClient } from "./token-request.ts";

interface TokenSettings extends Pick<Settings, "url"> {
  accessTokens: Pick<Settings["accessTokens"], "algorithm" | "lifetimeMs">;
}

export interface ListRequest extends Pick<FormRequest, "authorization" | "requestId"> {
  query: URLSearchParams;
  /** Aborts when the client disconnects. */
  signal: AbortSignal;
}

/** Access tokens (docs/integrate/access-tokens.md): issues them for keys, and says whether they still hold. */
export class AccessTokens {
  readonly #revocations: RevocationList;
  readonly #engine: Engine;
  readonly #keys: SigningKeys;
  readonly #issuer: string;
  readonly #tokenIssuer: TokenIssuer;

  constructor(engine: Engine, settings: TokenSettings, secret: string) {
    const { algorithm, lifetimeMs } = settings.accessTokens;
    this.#engine = engine;
    this.#issuer = settings.url;
    this.#keys = new SigningKeys({ db: engine.db, secret, algorithm, now: () => engine.nowMs });
    this.#tokenIssuer = new TokenIssuer({ engine, keys: this.#keys, issuer: settings.url, lifetimeMs });
    this.#revocations = new RevocationList(engine);
  }

  /** Answers `POST /oauth/token`, exactly once and never by throwing. */
  answerToken(call: TokenCall, observer: CheckObserver, respond: (reply: Reply) => void): void {
    const { requestId } = call;
    const exchange = new CheckExchange({
      engine: this.#engine,
      requestId,
      observer,
      respond,
      failureReply: oauthFailureReply,
    });
    exchange.run(() => this.#tokenIssuer.issue(exchange, call));
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
      if (this.#engine.unavailableReason !== null)
        throw new VerdictUnavailable(this.#engine.unavailableReason);
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

  async #answer(call: FormRequest, work: (form: Map<string, string>) => Promise<object>): Promise<Reply> {
    const { requestId } = call;
    try {
      if (this.#engine.unavailableReason !== null)
        throw new VerdictUnavailable(this.#engine.unavailableReason);
      return oauthReply(200, requestId, JSON.stringify(await work(readForm(call))));
    } catch (error) {
      return oauthFailureReply(error, requestId);
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

  async #claimsOf(token: string): Promise<AccessTokenClaims | null> {
    const { nowMs } = this.#engine;
    return fromDatabase(readToken(this.#keys, token, { issuer: this.#issuer, nowMs }), NO_SIGNING_KEYS);
  }

  async #revoke({ jti, sub, exp }: AccessTokenClaims): Promise<void> {
    const { db, nowMs } = this.#engine;
    await db.write(async (tx) => {
      const row = { id: jti, keyId: sub, revokedAt: nowMs, expiresAt: exp * 1_000 };
      await tx.q.insert(tx.t.revokedTokens).values(row).onConflictDoNothing();
      await recordChange(tx, { kind: "key", subject: sub }, nowMs);
    });
  }
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
