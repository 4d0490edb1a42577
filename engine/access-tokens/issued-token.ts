import { decodeProtectedHeader, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { randomBase62 } from "#core/tokens.ts";
import type { ValidVerdict } from "#core/verdict-schema.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** The media type of access tokens (RFC 9068, 2.1). */
const TOKEN_TYPE = "at+jwt";
/** The longest token that is read, characters. */
const MAX_TOKEN_LENGTH = 16_384;

const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  client_id: z.string(),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string(),
  scope: z.string().optional(),
  latchkey: z.looseObject({
    project: z.string(),
    environment: z.string(),
    externalId: z.string().nullable(),
    /** The id of the secret that was exchanged. */
    secret: z.string().optional(),
  }),
});
/** The claims of an access token (RFC 9068, 2.2). `iat` and `exp` are seconds since the epoch. */
export type AccessTokenClaims = z.output<typeof claimsSchema>;

export interface NewToken {
  issuer: string;
  /** The verdict on the key that is exchanged. */
  verdict: ValidVerdict;
  /** The scopes that the token carries, separated by spaces; null for a token without the claim. */
  scope: string | null;
  nowMs: number;
  lifetimeMs: number;
}

/**
 * An access token for the API of the verdict, and how many seconds it is valid. It never outlives the key or the
 * overlap of the secret. Null if either ends within a second.
 */
export async function signToken(
  keys: SigningKeys,
  { issuer, verdict, scope, nowMs, lifetimeMs }: NewToken,
): Promise<{ token: string; expiresInSeconds: number } | null> {
  const ends = [verdict.expiresAt, verdict.rotation?.lapsesAt ?? null]
    .filter((at) => at !== null)
    .map((at) => Date.parse(at));
  const iat = Math.floor(nowMs / 1_000);
  const exp = Math.floor(Math.min(nowMs + lifetimeMs, ...ends) / 1_000);
  if (exp <= iat) return null;
  const key = await keys.current();
  const claims: AccessTokenClaims = {
    iss: issuer,
    sub: verdict.keyId,
    client_id: verdict.keyId,
    aud: verdict.api,
    iat,
    exp,
    // Begins with the id of the secret, so that the end of the secret ends its tokens.
    jti: `${verdict.secretId}.${randomBase62(22)}`,
    ...(scope !== null && { scope }),
    latchkey: {
      project: verdict.projectId,
      environment: verdict.environment,
      externalId: verdict.externalId,
      secret: verdict.secretId,
    },
  };
  const token = await new SignJWT(claims satisfies JWTPayload)
    .setProtectedHeader({ alg: key.algorithm, typ: TOKEN_TYPE, kid: key.id })
    .sign(key.privateKey);
  return { token, expiresInSeconds: exp - iat };
}

/** The claims of a token that this deployment signed and that has not expired; null for any other text. */
export async function readToken(
  keys: SigningKeys,
  token: string,
  { issuer, nowMs }: { issuer: string; nowMs: number },
): Promise<AccessTokenClaims | null> {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const find = await keys.finder(keyIdOf(token));
  try {
    const { payload } = await jwtVerify(token, find, {
      issuer,
      typ: TOKEN_TYPE,
      algorithms: ["ES256", "EdDSA"],
      currentDate: new Date(nowMs),
    });
    return claimsSchema.parse(payload);
  } catch {
    // Signed by someone else, expired, or not a token.
    return null;
  }
}

/** The id of the key that a token says it is signed with. */
function keyIdOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    // Not a token.
    return undefined;
  }
}

/** The id of the secret that a token was issued for. */
export function secretOf(jti: string): string {
  return jti.slice(0, jti.indexOf("."));
}
