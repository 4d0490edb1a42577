/** The claims of an access token (RFC 9068). `iat` and `exp` are seconds since the epoch. */
export interface AccessTokenClaims {
  iss: string;
  /** The id of the key. */
  sub: string;
  client_id: string;
  /** The slug of the API. */
  aud: string;
  iat: number;
  exp: number;
  jti: string;
  /** Separated by spaces; left out if the API has no scopes. */
  scope?: string;
  latchkey: {
    project: string;
    environment: "live" | "test";
    externalId: string | null;
    /** The id of the secret that was exchanged. */
    secret: string;
  };
}

/** A token that was taken apart. Nothing in it is verified. */
export interface DecodedToken {
  algorithm: string;
  keyId: string;
  claims: Record<string, unknown>;
  /** What the signature is for. */
  signed: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
}

const MAX_TOKEN_LENGTH = 16_384;

/** The parts of an access token; null for any other text. */
export function decodeToken(token: string): DecodedToken | null {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const parts = token.split(".");
  const [header, payload, signature] = parts.map(decodeBase64url);
  if (parts.length !== 3 || !header || !payload || !signature) return null;
  const { alg, kid, typ, crit } = parseObject(header) ?? {};
  const claims = parseObject(payload);
  // A media type, whose prefix may be left out (RFC 7515, 4.1.9). An extension that must be understood is not.
  const isType = typeof typ === "string" && /^(?:application\/)?at\+jwt$/i.test(typ);
  if (!isType || typeof alg !== "string" || typeof kid !== "string" || crit !== undefined || !claims)
    return null;
  const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
  return { algorithm: alg, keyId: kid, claims, signed, signature };
}

/** Whether verified claims are those of an access token for `api`. */
export function isAccessToken(
  claims: Record<string, unknown>,
  { issuer, api }: { issuer: string; api: string },
): claims is Record<string, unknown> & AccessTokenClaims {
  const { iss, sub, aud, iat, exp, jti, scope, latchkey } = claims;
  const { project, secret } = isObject(latchkey) ? latchkey : {};
  return (
    iss === issuer &&
    aud === api &&
    [sub, jti, project, secret].every((text) => typeof text === "string" && text !== "") &&
    [iat, exp].every((at) => typeof at === "number" && Number.isFinite(at)) &&
    (scope === undefined || typeof scope === "string")
  );
}

/** Null unless the text is base64url without padding (RFC 7515, 2). */
function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
      char.charCodeAt(0),
    );
  } catch {
    return null;
  }
}

function parseObject(bytes: Uint8Array<ArrayBuffer>): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
