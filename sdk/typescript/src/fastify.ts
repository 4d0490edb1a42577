import type { FastifyPluginCallback, FastifyRequest } from "fastify";
import { createGuard, type MiddlewareOptions } from "./http.ts";
import { fromNode } from "./node-request.ts";
import type { AllowedVerdict, KeyVerifier } from "./verdict.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The verdict on the request's API key; null for a CORS preflight. */
    latchkey: AllowedVerdict | null;
  }
}

export interface LatchkeyFastifyOptions extends MiddlewareOptions<FastifyRequest> {
  verifier: KeyVerifier;
}

/** Plugin for Fastify 5 that protects all routes of the instance that registers it. */
export const latchkeyFastify: FastifyPluginCallback<LatchkeyFastifyOptions> = (fastify, options, done) => {
  const decide = createGuard(options.verifier, options);
  fastify.decorateRequest("latchkey", null);
  fastify.addHook("onRequest", async (request, reply) => {
    const decision = await decide(fromNode(request.raw, request.originalUrl), request);
    if (!decision.pass) {
      const { status, headers, body } = decision.response;
      return reply.code(status).headers(headers).send(body);
    }
    reply.headers(decision.headers);
    request.latchkey = decision.verdict;
  });
  done();
};

// As `fastify-plugin` does: the hook holds for the instance that registers the plugin, not for a child of it.
Object.assign(latchkeyFastify, { [Symbol.for("skip-override")]: true });
