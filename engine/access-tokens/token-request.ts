import { basicCredentials, type FormRequest, readForm } from "./form.ts";
import { OAuthError } from "./oauth-error.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const CLIENT_CREDENTIALS = "client_credentials";
export const GRANT_TYPES = [CLIENT_CREDENTIALS, TOKEN_EXCHANGE];
/** The type of a key as the subject of an exchange. */
const API_KEY = "urn:latchkey:token-type:api-key";
export const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const ISSUED_TYPES = [ACCESS_TOKEN, "urn:ietf:params:oauth:token-type:jwt"];
/** How a client that uses HTTP Basic learns that its credentials are wrong (RFC 6749, 5.2). */
export const BASIC_CHALLENGE = { "WWW-Authenticate": 'Basic realm="latchkey", charset="UTF-8"' };

/** What a request to the token endpoint asks for. */
export interface TokenRequest {
  grant: "exchange" | "client";
  /** A key's secret, as sent. */
  secret: string;
  /** The id of the key that the secret must belong to; null for an exchange. */
  clientId: string | null;
  /** The slug of the API. */
  audience: string;
  /** The scopes that were asked for; null for all that the key has. */
  scopes: readonly string[] | null;
}

/** Reads a request to the token endpoint. Throws `OAuthError` or `HttpProblem`. */
export function readTokenRequest(request: FormRequest): TokenRequest {
  const form = readForm(request);
  const grant = form.get("grant_type");
  if (grant === undefined) throw new OAuthError("invalid_request", "Send grant_type.");
  if (grant !== TOKEN_EXCHANGE && grant !== CLIENT_CREDENTIALS)
    throw new OAuthError("unsupported_grant_type", `Use grant_type=${GRANT_TYPES.join(" or ")}.`);
  const credential = grant === TOKEN_EXCHANGE ? exchanged(form) : clientOf(form, request.authorization);
  return { ...credential, audience: audienceOf(form), scopes: scopesOf(form.get("scope")) };
}

type Credential = Pick<TokenRequest, "grant" | "secret" | "clientId">;

function exchanged(form: Map<string, string>): Credential {
  const secret = form.get("subject_token");
  if (secret === undefined) throw new OAuthError("invalid_request", "Send the key as subject_token.");
  if (form.get("subject_token_type") !== API_KEY)
    throw new OAuthError("invalid_request", `Send subject_token_type=${API_KEY}.`);
  if (form.has("actor_token") || form.has("actor_token_type"))
    throw new OAuthError("invalid_request", "Delegation by actor_token is not supported.");
  const wanted = form.get("requested_token_type");
  if (wanted !== undefined && !ISSUED_TYPES.includes(wanted))
    throw new OAuthError("invalid_request", `Only requested_token_type=${ACCESS_TOKEN} is issued.`);
  return { grant: "exchange", secret, clientId: null };
}

function clientOf(form: Map<string, string>, authorization: string | undefined): Credential {
  const id = form.get("client_id");
  const secret = form.get("client_secret");
  if (authorization === undefined) {
    if (id !== undefined && secret !== undefined) return { grant: "client", secret, clientId: id };
    throw invalidClient("Send the key's id as client_id and its secret as client_secret.");
  }
  const basic = basicCredentials(authorization);
  if (basic === null) throw invalidClient("Authenticate with HTTP Basic: the key's id and its secret.");
  // RFC 6749, 2.3: one way to authenticate in each request.
  if (secret !== undefined || (id !== undefined && id !== basic.id))
    throw new OAuthError("invalid_request", "Send the client's credentials once.");
  return { grant: "client", secret: basic.secret, clientId: basic.id };
}

/** RFC 6749, 5.2. */
export function invalidClient(description: string): OAuthError {
  return new OAuthError("invalid_client", description, { status: 401, headers: BASIC_CHALLENGE });
}

/** `resource` (RFC 8707) and `audience` (RFC 8693) both name the API by its slug. */
function audienceOf(form: Map<string, string>): string {
  const named = new Set([form.get("resource"), form.get("audience")].filter((name) => name !== undefined));
  const [audience] = named;
  if (audience === undefined || named.size !== 1)
    throw new OAuthError("invalid_target", "Name one API: send its slug as resource or audience.");
  return audience;
}

/** The longest list of scopes that is read, characters. */
const MAX_SCOPE_LENGTH = 4_096;
/** RFC 6749, 3.3. */
const SCOPE_LIST = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;

function scopesOf(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  if (text.length > MAX_SCOPE_LENGTH || !SCOPE_LIST.test(text))
    throw new OAuthError("invalid_scope", "Send scopes separated by one space each.");
  return [...new Set(text.split(" "))];
}
