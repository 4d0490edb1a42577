import "server-only";
import { AccessTokens } from "#engine/access-tokens/access-tokens.ts";
import { type FormRequest, MAX_FORM_BYTES } from "#engine/access-tokens/form.ts";
import { readSigningSecret } from "#engine/access-tokens/signing-secret.ts";
import { tokenClient } from "#engine/access-tokens/token-client.ts";
import { failureReply } from "#engine/check/answer.ts";
import { HttpProblem, type Reply } from "#engine/check/reply.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { readBody } from "./api/body.ts";
import { getServices } from "./context.ts";
import { getEngine, portalObserver } from "./engine.ts";
import { HttpError } from "./problem.ts";
import { currentRequestId, setRoute } from "./request-scope.ts";

/** `POST /oauth/token`, with the same response as at a verifier. */
export function exchangeToken(request: Request): Promise<Response> {
  return answer("/oauth/token", async (tokens) => {
    const form = await formOf(request);
    const client = tokenClient(request.headers.get(CLIENT_IP_HEADER), (name) => request.headers.get(name));
    return new Promise((respond) => tokens.answerToken({ ...form, client }, portalObserver, respond));
  });
}

/** `POST /oauth/introspect` (RFC 7662). */
export function introspectToken(request: Request): Promise<Response> {
  return answer("/oauth/introspect", async (tokens) => tokens.answerIntrospection(await formOf(request)));
}

/** `POST /oauth/revoke` (RFC 7009). */
export function revokeToken(request: Request): Promise<Response> {
  return answer("/oauth/revoke", async (tokens) => tokens.answerRevocation(await formOf(request)));
}

/** `GET /.well-known/oauth-authorization-server` (RFC 8414). */
export function authorizationServer(): Promise<Response> {
  return answer("/.well-known/oauth-authorization-server", async (tokens) => {
    const { settings } = await getServices();
    return tokens.answerMetadata(settings.url);
  });
}

/** `GET /.well-known/jwks.json` (RFC 7517). */
export function publishedKeys(): Promise<Response> {
  return answer("/.well-known/jwks.json", (tokens) => tokens.answerKeys(currentRequestId()));
}

/** `GET /api/v1/revocations`. */
export function readRevocations({ headers, url, signal }: Request): Promise<Response> {
  return answer("/api/v1/revocations", (tokens) => {
    const authorization = headers.get("authorization") ?? undefined;
    const query = new URL(url).searchParams;
    return tokens.answerRevocations({ authorization, query, signal, requestId: currentRequestId() });
  });
}

async function answer(path: string, work: (tokens: AccessTokens) => Promise<Reply>): Promise<Response> {
  setRoute(path);
  const requestId = currentRequestId();
  try {
    return toResponse(await work(await accessTokens()));
  } catch (error) {
    if (error instanceof HttpError)
      return toResponse(new HttpProblem(error.status, error.message).toReply(requestId));
    const reply = failureReply(error, requestId);
    portalObserver.failed(reply.status, error, requestId);
    return toResponse(reply);
  }
}

function accessTokens(): Promise<AccessTokens> {
  return processSingleton("access tokens", async () => {
    const { settings } = await getServices();
    const secret = readSigningSecret(settings);
    // The portal always has a secret to derive one from.
    if (secret === null) throw new Error("there is no signing secret");
    return new AccessTokens(await getEngine(), settings, secret);
  });
}

async function formOf(request: Request): Promise<FormRequest> {
  return {
    authorization: request.headers.get("authorization") ?? undefined,
    contentType: request.headers.get("content-type") ?? undefined,
    body: Buffer.from(await readBody(request, MAX_FORM_BYTES)),
    requestId: currentRequestId(),
  };
}

function toResponse({ status, headers, body }: Reply): Response {
  return new Response(body, { status, headers });
}
