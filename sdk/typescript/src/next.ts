import type { AllowedVerdict, KeyVerifier } from "./verdict.ts";
import { protect, type WebOptions } from "./web.ts";

/**
 * Protects a route handler of Next.js: `export const GET = withLatchkey(latchkey, (request, verdict, context) => …)`.
 * Next.js doesn't say who the peer is: give `remoteAddress`, for example from the header that your proxy overwrites.
 */
export function withLatchkey<Context>(
  verifier: KeyVerifier,
  handler: (
    request: Request,
    verdict: AllowedVerdict | null,
    context: Context,
  ) => Response | Promise<Response>,
  options: WebOptions = {},
): (request: Request, context: Context) => Promise<Response> {
  return protect<[Context]>(verifier, handler, options);
}
