import { HttpProblem } from "../check/reply.ts";
import { OAuthError } from "./oauth-error.ts";

/** A key and the other parameters, bytes. */
export const MAX_FORM_BYTES = 16 * 1024;

/** The headers and the body of a request to an OAuth endpoint. */
export interface FormRequest {
  authorization: string | undefined;
  contentType: string | undefined;
  body: Buffer;
  requestId: string;
}

/** The parameters of a form. An empty one counts as absent, and none may be sent twice (RFC 6749, 3.2). */
export function readForm({
  contentType,
  body,
}: Pick<FormRequest, "contentType" | "body">): Map<string, string> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? "")) {
    throw new HttpProblem(415, "Send a form with Content-Type: application/x-www-form-urlencoded.");
  }
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body.toString())) {
    if (value === "") continue;
    if (form.has(name)) throw new OAuthError("invalid_request", "A parameter is repeated.");
    form.set(name, value);
  }
  return form;
}

/** The client's id and secret of HTTP Basic, each of which is form-encoded (RFC 6749, 2.3.1); null without it. */
export function basicCredentials(authorization: string | undefined): { id: string; secret: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString();
  const colon = text.indexOf(":");
  if (colon === -1) return null;
  try {
    return { id: decodeFormValue(text.slice(0, colon)), secret: decodeFormValue(text.slice(colon + 1)) };
  } catch {
    return null;
  }
}

function decodeFormValue(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}
