import type { Context, MiddlewareHandler } from "hono";
import { createGuard, type MiddlewareOptions } from "./http.ts";
import type { AllowedVerdict, KeyVerifier } from "./verdict.ts";
import { fromWeb, toResponse } from "./web.ts";

export interface LatchkeyHonoOptions extends MiddlewareOptions<Context> {
  /** IP address of the peer: for example `(c) => getConnInfo(c).remote.address` of the adapter. */
  remoteAddress?: (context: Context) => string | null | undefined;
}

/** What the middleware adds to the context. */
export interface LatchkeyVariables {
  /** The verdict on the request's API key; null for a CORS preflight. */
  latchkey: AllowedVerdict | null;
}

/** Middleware for Hono 4. The handlers behind it find the verdict with `c.get("latchkey")`. */
export function latchkeyHono(
  verifier: KeyVerifier,
  options: LatchkeyHonoOptions = {},
): MiddlewareHandler<{ Variables: LatchkeyVariables }> {
  const decide = createGuard<Context>(verifier, options);
  return async (context, next) => {
    const request = fromWeb(context.req.raw, options.remoteAddress?.(context));
    const decision = await decide(request, context);
    if (!decision.pass) return toResponse(decision.response);
    context.set("latchkey", decision.verdict);
    await next();
    for (const [name, value] of Object.entries(decision.headers)) context.res.headers.set(name, value);
  };
}
