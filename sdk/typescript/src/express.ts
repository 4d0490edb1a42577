import { createGuard, type MiddlewareOptions } from "./http.ts";
import { fromNode, type NodeRequest } from "./node-request.ts";
import type { AllowedVerdict, KeyVerifier } from "./verdict.ts";

declare global {
  namespace Express {
    interface Request {
      /** The verdict on the request's API key; null for a CORS preflight. */
      latchkey?: AllowedVerdict | null;
    }
  }
}

/** The parts of Express's request and response that the middleware uses. */
export interface ExpressRequest extends NodeRequest {
  originalUrl: string;
  latchkey?: AllowedVerdict | null;
}
interface ExpressResponse {
  writeHead(status: number, headers: Record<string, string>): { end(body: string): unknown };
  setHeader(name: string, value: string): unknown;
}

/** Middleware for Express 5. The handlers behind it find the verdict in `request.latchkey`. */
export function latchkeyExpress(
  verifier: KeyVerifier,
  options: MiddlewareOptions<ExpressRequest> = {},
): (request: ExpressRequest, response: ExpressResponse, next: (error?: unknown) => void) => Promise<void> {
  const decide = createGuard(verifier, options);
  return async (request, response, next) => {
    const decision = await decide(fromNode(request, request.originalUrl), request);
    if (!decision.pass) {
      const { status, headers, body } = decision.response;
      response.writeHead(status, headers).end(body);
      return;
    }
    for (const [name, value] of Object.entries(decision.headers)) response.setHeader(name, value);
    request.latchkey = decision.verdict;
    next();
  };
}
