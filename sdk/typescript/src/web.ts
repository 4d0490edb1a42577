import { createGuard, type HttpResponse, type MiddlewareOptions, type ServiceRequest } from "./http.ts";
import type { AllowedVerdict, KeyVerifier } from "./verdict.ts";

export interface WebOptions extends MiddlewareOptions<Request> {
  /**
   * IP address of the peer, which a Web `Request` doesn't have: take it from the platform, for example `CF-Connecting-IP`
   * on Cloudflare. Default: unknown, so that keys restricted to IP addresses are denied.
   */
  remoteAddress?: (request: Request) => string | null | undefined;
}

/** A handler that receives the verdict after the request; null for a CORS preflight. */
export type ProtectedHandler<Rest extends unknown[]> = (
  request: Request,
  verdict: AllowedVerdict | null,
  ...rest: Rest
) => Response | Promise<Response>;

/** Protects a handler of Web-standard requests (Deno, Bun, Cloudflare Workers, edge functions). */
export function protect<Rest extends unknown[]>(
  verifier: KeyVerifier,
  handler: ProtectedHandler<Rest>,
  options: WebOptions = {},
): (request: Request, ...rest: Rest) => Promise<Response> {
  const decide = createGuard(verifier, options);
  return async (request, ...rest) => {
    const decision = await decide(fromWeb(request, options.remoteAddress?.(request)), request);
    if (!decision.pass) return toResponse(decision.response);
    return withHeaders(await handler(request, decision.verdict, ...rest), decision.headers);
  };
}

export function fromWeb(request: Request, remoteAddress: string | null | undefined): ServiceRequest {
  return {
    method: request.method,
    target: request.url,
    header: (name) => request.headers.get(name),
    remoteAddress,
  };
}

export function toResponse({ status, headers, body }: HttpResponse): Response {
  return new Response(body, { status, headers });
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  if (Object.keys(headers).length === 0) return response;
  // The headers of a fetched response can't be changed, so this makes a new one.
  const copy = new Response(response.body, response);
  for (const [name, value] of Object.entries(headers)) copy.headers.set(name, value);
  return copy;
}
