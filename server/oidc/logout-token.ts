import { type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { subjectClaim } from "#domain/access/accounts/provider-claims.ts";
import type { ProviderLogout } from "#domain/access/accounts/provider-logout.ts";
import type { OidcProvider } from "#platform/oidc-settings.ts";
import { ProviderKeysUnavailable } from "./provider-keys.ts";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** Only signatures with a public key: the client secret must not be able to sign. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
const MAX_AGE_SECONDS = 5 * 60;
const CLOCK_SKEW_SECONDS = 60;
const MAX_LENGTH = 16_384;

const claimsSchema = z.looseObject({
  iat: z.number(),
  jti: z.string().min(1).max(1_000),
  events: z.looseObject({ [EVENT]: z.looseObject({}) }),
  // An ID token must not work as a logout token.
  nonce: z.undefined().optional(),
});

/** A logout token is invalid. The message goes to the provider. */
export class InvalidLogoutToken extends Error {
  override readonly name = "InvalidLogoutToken";
}

/**
 * Verifies a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6): signature, issuer, audience, age, event, no
 * nonce. Its single use is checked where it is carried out. Throws `InvalidLogoutToken`, and `ProviderKeysUnavailable`.
 */
export async function verifyLogoutToken(
  token: string,
  { issuer, clientId }: Pick<OidcProvider, "issuer" | "clientId">,
  keys: JWTVerifyGetKey,
  nowMs: number,
): Promise<ProviderLogout> {
  if (token.length > MAX_LENGTH) throw new InvalidLogoutToken("The logout token is too long.");
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: ALGORITHMS,
    issuer: [issuer, `${issuer}/`],
    audience: clientId,
    maxTokenAge: MAX_AGE_SECONDS,
    clockTolerance: CLOCK_SKEW_SECONDS,
    currentDate: new Date(nowMs),
    requiredClaims: ["iss", "aud", "iat", "jti", "events"],
  }).catch((error: unknown) => {
    if (error instanceof ProviderKeysUnavailable) throw error;
    const reason = error instanceof Error ? error.message : "unknown";
    throw new InvalidLogoutToken(`The logout token can't be verified: ${reason}`);
  });
  const type = protectedHeader.typ?.toLowerCase().replace(/^application\//, "");
  if (type !== undefined && type !== "logout+jwt" && type !== "jwt") {
    throw new InvalidLogoutToken("The token is not a logout token.");
  }
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success)
    throw new InvalidLogoutToken("The logout token needs jti and the event, and no nonce.");
  const [sub, sid] = [optionalId(payload.sub), optionalId(payload.sid)];
  if (sub === null && sid === null) throw new InvalidLogoutToken("The logout token needs sub or sid.");
  const { iat, jti } = claims.data;
  return { issuer, sub, sid, jti, expiresAt: (iat + MAX_AGE_SECONDS + CLOCK_SKEW_SECONDS) * 1_000 };
}

/** Null if the claim is missing. Throws if it is no id: a broken one must not widen what is ended. */
function optionalId(claim: unknown): string | null {
  if (claim === undefined) return null;
  const id = subjectClaim(claim);
  if (id === null) throw new InvalidLogoutToken("The logout token has an invalid sub or sid.");
  return id;
}
