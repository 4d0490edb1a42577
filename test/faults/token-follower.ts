import { AccessTokens } from "#engine/access-tokens/access-tokens.ts";
import type { Engine } from "#engine/engine.ts";
import { AccessTokenVerifier } from "../../sdk/typescript/src/access-tokens.ts";
import { VerdictUnavailableError } from "../../sdk/typescript/src/errors.ts";
import type { Clock } from "../people.ts";
import { SIGNING_SECRET, TOKEN_SETTINGS } from "../test-verifier.ts";
import type { ProductCheck } from "./product.ts";
import { APIS } from "./rules.ts";

/** The longest until a service knows a change, on a busy machine. */
const FOLLOW_TIMEOUT_MS = 10_000;

/** How each engine issues and revokes access tokens. */
const tokens = new WeakMap<Engine, AccessTokens>();
export function accessTokensOf(engine: Engine): AccessTokens {
  const known = tokens.get(engine) ?? new AccessTokens(engine, TOKEN_SETTINGS, SIGNING_SECRET);
  tokens.set(engine, known);
  return known;
}

/** Exchanges a key for a token. The code is that of the check, or `VALID`. */
export async function issueToken(
  engine: Engine,
  key: string,
  { api, requiredScopes, clientIp, referrer }: ProductCheck,
): Promise<{ code: string; token: string | null }> {
  const form = new URLSearchParams({
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: key,
    subject_token_type: "urn:latchkey:token-type:api-key",
    audience: api,
    ...(requiredScopes && { scope: requiredScopes.join(" ") }),
  });
  const client = {
    clientIp: clientIp ?? null,
    referrer: referrer ?? null,
    origin: null,
    androidPackage: null,
    androidCertSha1: null,
    iosBundleId: null,
  };
  const body = await new Promise<Record<string, string>>((resolve) =>
    accessTokensOf(engine).answerToken(
      { ...formRequest(form), authorization: undefined, client },
      { answered() {}, failed() {} },
      (reply) => resolve(JSON.parse(reply.body)),
    ),
  );
  if (body.access_token !== undefined) return { code: "VALID", token: body.access_token };
  return { code: /^[A-Z_]+(?=:)/.exec(body.error_description ?? "")?.[0] ?? String(body.error), token: null };
}

/** Revokes one token (RFC 7009) with the service token. */
export async function revokeToken(engine: Engine, token: string, serviceToken: string): Promise<void> {
  const request = { ...formRequest(new URLSearchParams({ token })), authorization: `Bearer ${serviceToken}` };
  const { status, body } = await accessTokensOf(engine).answerRevocation(request);
  if (status !== 200) throw new Error(`a token can't be revoked: ${body}`);
}

function formRequest(form: URLSearchParams) {
  return {
    contentType: "application/x-www-form-urlencoded",
    body: Buffer.from(form.toString()),
    requestId: "req_test",
  };
}

/** A service that verifies access tokens itself, and follows the revocations of one verifier. */
export class TokenFollower {
  readonly #url: string;
  readonly #serviceToken: string;
  readonly #clock: Clock;
  /** By API. */
  #verifiers: AccessTokenVerifier[] = [];

  constructor(url: string, serviceToken: string, clock: Clock) {
    this.#url = url;
    this.#serviceToken = serviceToken;
    this.#clock = clock;
    this.#open();
  }

  #open(): void {
    this.#verifiers = APIS.map(
      (api) =>
        new AccessTokenVerifier({
          url: this.#url,
          token: this.#serviceToken,
          issuer: TOKEN_SETTINGS.url,
          api,
          now: this.#clock.now,
          onError: () => {},
        }),
    );
  }

  /** Verifies a token until the outcome is one of `allowed`. Returns the last outcome. */
  async verify(token: string, allowed: readonly string[]): Promise<string> {
    const deadline = performance.now() + FOLLOW_TIMEOUT_MS;
    let code = "";
    do {
      if (code !== "") await new Promise((resolve) => setTimeout(resolve, 5));
      code = await this.#outcome(token);
      // The verifier rotated its signing keys while simulated time passed: the service reads them after real minutes.
      if (code === "TOKEN_INVALID") await this.#restart();
    } while (!allowed.includes(code) && performance.now() < deadline);
    return code;
  }

  async #outcome(token: string): Promise<string> {
    const outcomes = await Promise.all(
      this.#verifiers.map((verifier) =>
        verifier.verify(token).then(
          (outcome) => (outcome.valid ? "TOKEN_VALID" : outcome.code),
          (error: unknown) => {
            if (error instanceof VerdictUnavailableError) return "TOKEN_UNKNOWN";
            throw error;
          },
        ),
      ),
    );
    // Each token is for one API.
    return outcomes.find((code) => code !== "TOKEN_INVALID") ?? "TOKEN_INVALID";
  }

  async #restart(): Promise<void> {
    await this.close();
    this.#open();
  }

  async close(): Promise<void> {
    await Promise.all(this.#verifiers.map((verifier) => verifier.close()));
  }
}
