import type { Reply } from "../check/reply.ts";

/** The error codes of RFC 6749 (5.2), RFC 7009 and RFC 8707 that are answered. */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_scope"
  | "invalid_target"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "unsupported_token_type"
  | "temporarily_unavailable"
  | "server_error";

/** Thrown to end a request with an error response (RFC 6749, 5.2). */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly code: OAuthErrorCode;
  readonly status: number;
  readonly headers: Record<string, string>;

  /** `description` never contains text from the request. */
  constructor(
    code: OAuthErrorCode,
    description: string,
    { status = 400, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
  ) {
    super(description);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }

  toReply(requestId: string): Reply {
    const body = JSON.stringify({ error: this.code, error_description: ascii(this.message) });
    return oauthReply(this.status, requestId, body, this.headers);
  }
}

/** A JSON response that no cache may keep. */
export function oauthReply(
  status: number,
  requestId: string,
  body: string,
  headers: Record<string, string> = {},
): Reply {
  return {
    status,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Request-Id": requestId,
      ...headers,
    },
    body,
  };
}

/** The characters that RFC 6749 allows in a description. */
function ascii(text: string): string {
  return text
    .replaceAll(/[“”"]/g, "'")
    .replaceAll("’", "'")
    .replaceAll(/[^\x20-\x7e]|\\/g, "");
}
