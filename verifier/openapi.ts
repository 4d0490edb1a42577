import { z } from "zod";
import { VERDICT_CODES } from "#core/verdict.ts";
import { REVOCATION_ROUTES } from "#engine/access-tokens/routes.ts";
import { CHECK_ROUTES } from "#engine/check/routes.ts";
import { SYNC_ROUTES } from "#engine/sync/schema.ts";
import { openApiDocument, PROBLEM, SERVICE_TOKEN } from "#platform/openapi/document.ts";
import { GATEWAYS } from "./gate/gateways.ts";

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

const DESCRIPTION =
  "Verifies keys for services and gateways. Every verdict about a key, also a denial, has status 200, except at the gate, which uses the status that a gateway passes on. 503 means that the verifier can't vouch for an answer: ask another one. `GET /livez` and `GET /readyz` are for health checks.";

/** OpenAPI 3.1 document of the routes on a verifier's public port. */
export function verifierDocument(url: string, version: string): Record<string, unknown> {
  const document = openApiDocument([...CHECK_ROUTES, ...SYNC_ROUTES, ...REVOCATION_ROUTES], {
    url,
    version,
    title: "Latchkey verifier",
    description: DESCRIPTION,
    problem,
    securitySchemes: {
      serviceToken: SERVICE_TOKEN,
      gatewayToken: {
        type: "apiKey",
        in: "header",
        name: "X-Latchkey-Token",
        description: "A service token, set by the gateway's configuration and never by a client.",
      },
    },
  });
  Object.assign(document.paths as object, { "/api/v1/gate/{proxy}/{api}": { get: gate() } });
  return document;
}

const text = (description: string, more = {}) => ({ description, schema: { type: "string", ...more } });

const header = (name: string, description: string) => ({
  name,
  in: "header",
  required: false,
  ...text(description),
});

const VERDICT_HEADERS = {
  "X-Latchkey-Code": { ...text("The verdict's code."), required: true },
  "X-Request-Id": { ...text("The id of the request."), required: true },
  "X-Latchkey-Key-Id": text("Once the key is known."),
  "X-Latchkey-Project-Id": text("Once the key is known."),
  "X-Latchkey-Environment": text("Once the key is known.", { enum: ["live", "test"] }),
  "X-Latchkey-External-Id": text("Of an allowed key that has one. Percent-encoded UTF-8."),
  "X-Latchkey-Scopes": text(
    "Of an allowed key: its scopes for the API, separated by spaces, if there are any.",
  ),
  RateLimit: text('Where a limit is set: `"default";r=99;t=1`.'),
  "RateLimit-Policy": text('Where a limit is set: `"default";q=100;w=60`.'),
};

const denial = (description: string, headers = {}) => ({
  description,
  headers: { ...VERDICT_HEADERS, ...headers },
  content: {
    "application/json": {
      schema: {
        type: "object",
        required: ["valid", "code", "message", "requestId"],
        properties: {
          valid: { const: false },
          code: { enum: VERDICT_CODES.filter((code) => code !== "VALID") },
          message: { type: "string" },
          requestId: { type: "string" },
        },
      },
    },
  },
});

/** The gate (docs/integrate/gateways/README.md). OpenAPI can't say "any method and any path below", so the text does. */
function gate() {
  return {
    operationId: "getGate",
    tags: ["Gateways"],
    summary: "Decide about a request for a gateway",
    description:
      "Accepts any method, and any path below this one. For `auth_request`, `forward_auth`, `forwardAuth` and `ext_authz`. No body is read. The request's facts are read only from headers that the named proxy overwrites: nginx and haproxy send `X-Original-Method` and `X-Original-Uri`, caddy and traefik `X-Forwarded-Method` and `X-Forwarded-Uri`, envoy its own method and the path after `{api}`. The client's IP address is in `X-Forwarded-For`, read from the right past the service token's trusted proxies. Use the configurations in `docs/integrate/gateways`: another one may let clients forge these headers.",
    security: [{ gatewayToken: [] }],
    parameters: [
      { name: "proxy", in: "path", required: true, schema: { type: "string", enum: [...GATEWAYS.keys()] } },
      { name: "api", in: "path", required: true, ...text("The slug of the API.") },
      header(
        "X-Api-Key",
        "The client's key. Without it, `Authorization: Bearer` if it has the form of a key.",
      ),
      header("X-Forwarded-For", "The client's IP address."),
      header("X-Original-Method", "nginx, haproxy: the client's method."),
      header("X-Original-Uri", "nginx, haproxy: the client's path and query."),
      header("X-Forwarded-Method", "caddy, traefik: the client's method."),
      header("X-Forwarded-Uri", "caddy, traefik: the client's path and query."),
      header("Referer", "As the client sent it."),
      header("Origin", "As the client sent it."),
      header("X-Android-Package", "As the client sent it."),
      header("X-Android-Cert", "As the client sent it."),
      header("X-Ios-Bundle-Identifier", "As the client sent it."),
    ],
    responses: {
      200: {
        description: "Let the request pass. A CORS preflight passes with the code PREFLIGHT.",
        headers: VERDICT_HEADERS,
      },
      401: denial("The key is missing or does not work.", {
        "WWW-Authenticate": { ...text("How to authenticate."), required: true },
      }),
      403: denial(
        "A restriction or, for nginx, a limit denies the request. Also a wrong service token or configuration, as problem+json with the code SERVICE_TOKEN_INVALID or GATE_MISCONFIGURED.",
      ),
      429: denial("Over a limit.", { "Retry-After": { ...text("Seconds."), required: true } }),
      default: { description: "No verdict: deny the request.", content: PROBLEM },
    },
  };
}
