import { MAX_FORM_BYTES } from "#engine/access-tokens/form.ts";
import { OAuthError } from "#engine/access-tokens/oauth-error.ts";
import { tokenClient } from "#engine/access-tokens/token-client.ts";
import type { TokenCall } from "#engine/access-tokens/token-issuer.ts";
import { failureReply } from "#engine/check/answer.ts";
import { HttpProblem, problem } from "#engine/check/reply.ts";
import { nextRequestId } from "#engine/check/request-id.ts";
import { clientIpAddress } from "#platform/http/client-ip-address.ts";
import { reject, send } from "../http/http-call.ts";
import type { NodeHttpCall } from "../http/node-http-call.ts";
import type { OAuthContext } from "./oauth-context.ts";

type Route = { method: "GET" | "POST"; answer: (context: OAuthContext, call: NodeHttpCall) => Promise<void> };

const ROUTES: Record<string, Route> = {
  "/oauth/token": { method: "POST", answer: token },
  "/oauth/introspect": { method: "POST", answer: introspect },
  "/oauth/revoke": { method: "POST", answer: revoke },
  "/.well-known/oauth-authorization-server": { method: "GET", answer: metadata },
  "/.well-known/jwks.json": { method: "GET", answer: keys },
  "/api/v1/revocations": { method: "GET", answer: revocations },
};

/** Answers the routes of access tokens. Returns false for any other path. */
export function answerOAuth(context: OAuthContext | undefined, call: NodeHttpCall, path: string): boolean {
  const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  if (route === undefined || context === undefined) return false;
  const isRead = route.method === "GET" && call.method === "HEAD";
  if (call.method !== route.method && !isRead) {
    const headers = { Allow: route.method };
    reject(call, problem(405, nextRequestId(), `Use ${route.method}.`, { headers }));
    return true;
  }
  route.answer(context, call).catch((error: unknown) => {
    reject(call, failureReply(error, nextRequestId()), error);
  });
  return true;
}

async function token({ accessTokens, isTrustedProxy }: OAuthContext, call: NodeHttpCall): Promise<void> {
  const form = await readForm(call);
  const forwarded = text(call.headers["x-forwarded-for"]);
  const client = tokenClient(clientIpAddress(call.remoteAddress, forwarded, isTrustedProxy), (name) =>
    text(call.headers[name]),
  );
  call.context.loadShedder.submit(
    () => accessTokens.answerToken({ ...form, client }, call.context.observer, (reply) => send(call, reply)),
    () => {
      const overloaded = new OAuthError("temporarily_unavailable", "The verifier is overloaded.", {
        status: 503,
        headers: { "Retry-After": "1" },
      });
      reject(call, overloaded.toReply(form.requestId), overloaded);
    },
  );
}

async function introspect({ accessTokens }: OAuthContext, call: NodeHttpCall): Promise<void> {
  send(call, await accessTokens.answerIntrospection(await readForm(call)));
}

async function revoke({ accessTokens }: OAuthContext, call: NodeHttpCall): Promise<void> {
  send(call, await accessTokens.answerRevocation(await readForm(call)));
}

async function metadata({ accessTokens, baseUrl }: OAuthContext, call: NodeHttpCall): Promise<void> {
  send(call, accessTokens.answerMetadata(baseUrl));
}

async function keys({ accessTokens }: OAuthContext, call: NodeHttpCall): Promise<void> {
  send(call, await accessTokens.answerKeys(nextRequestId()));
}

async function revocations({ accessTokens }: OAuthContext, call: NodeHttpCall): Promise<void> {
  const closed = new AbortController();
  call.onClose(() => closed.abort());
  const { authorization } = call.headers;
  const query = new URL(call.url, "http://verifier").searchParams;
  const { signal } = closed;
  send(
    call,
    await accessTokens.answerRevocations({ authorization, query, signal, requestId: nextRequestId() }),
  );
}

async function readForm(call: NodeHttpCall): Promise<Omit<TokenCall, "client">> {
  const body = await new Promise<Buffer>((resolve, fail) => {
    const tooLarge = () => fail(new HttpProblem(413, `The body may have at most ${MAX_FORM_BYTES} bytes.`));
    if (Number(call.headers["content-length"] ?? 0) > MAX_FORM_BYTES) tooLarge();
    else call.readBody(MAX_FORM_BYTES, tooLarge, resolve);
  });
  const { authorization, "content-type": contentType } = call.headers;
  return { authorization, contentType, body, requestId: nextRequestId() };
}

/** Node joins repeated headers with a comma, which no rule accepts. */
function text(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}
