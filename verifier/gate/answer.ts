import type { IncomingHttpHeaders } from "node:http";
import { forwardedCaller } from "#core/forwarded-for.ts";
import type { ApiFacts } from "#engine/cache/compile-facts.ts";
import type { ServiceTokenFacts } from "#engine/cache/load-facts.ts";
import type { CheckObserver } from "#engine/check/check.ts";
import { CheckExchange } from "#engine/check/check-exchange.ts";
import type { CheckInput } from "#engine/check/check-input.ts";
import type { Reply } from "#engine/check/reply.ts";
import { nextRequestId } from "#engine/check/request-id.ts";
import { VerdictUnavailable } from "#engine/check/verdict-unavailable.ts";
import type { Engine } from "#engine/engine.ts";
import { chain } from "#platform/maybe-promise.ts";
import { GATEWAYS } from "./gateways.ts";
import { gateOf, isPreflight, keyIn, splitUri } from "./read.ts";
import { gateReply, type NoVerdict, noVerdict, preflightReply } from "./reply.ts";

/** A gateway's request. Its body is never read. */
export interface GateRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
}

/** A request that is wrong because of the gateway's configuration, not because of the caller. */
class Misconfigured extends Error {
  readonly code: "SERVICE_TOKEN_INVALID" | "GATE_MISCONFIGURED";

  constructor(code: Misconfigured["code"]) {
    super(code);
    this.code = code;
  }
}

/** Answers one gateway request exactly once, after its verdict is in the journal. Never throws. */
export function answerGate(
  engine: Engine,
  request: GateRequest,
  observer: CheckObserver,
  respond: (reply: Reply) => void,
): void {
  const requestId = nextRequestId();
  const exchange = new CheckExchange({ engine, requestId, observer, respond, failureReply });
  const { headers } = request;
  exchange.run(() => {
    const { gate, gateway, original } = readGateRequest(request);
    return chain(engine.serviceTokens.find(tokenIn(headers)), (service) => {
      if (service === null || (service.api !== null && service.api !== gate.api)) {
        throw new Misconfigured("SERVICE_TOKEN_INVALID");
      }
      return chain(engine.apiOf(gate.api), (api) => {
        if (api === null) throw new Misconfigured("GATE_MISCONFIGURED");
        const input = inputOf(engine, headers, original, service, api);
        if (input.key === null && isPreflight(original.method, headers)) {
          return exchange.respond(preflightReply(requestId));
        }
        const check = { ...exchange.check(input, service, api), reportLimits: true };
        return chain(engine.evaluate(check), (result) =>
          exchange.respondRecorded([result], () =>
            gateReply(result.verdict, result.limits, gateway, engine.nowMs),
          ),
        );
      });
    });
  });
}

function readGateRequest({ url, headers, method }: GateRequest) {
  const gate = gateOf(url);
  const gateway = GATEWAYS.get(gate?.proxy ?? "");
  const original = gate && gateway?.originalOf(headers, method, gate.rest);
  if (!gate || !gateway || !original) throw new Misconfigured("GATE_MISCONFIGURED");
  return { gate, gateway, original };
}

function failureReply(error: unknown, requestId: string): Reply {
  return noVerdict(failureCode(error), requestId);
}

function failureCode(error: unknown): NoVerdict {
  if (error instanceof Misconfigured) return error.code;
  return error instanceof VerdictUnavailable ? "UNAVAILABLE" : "BROKEN";
}

function inputOf(
  { keyPrefixes, tokenShapes }: Engine,
  headers: IncomingHttpHeaders,
  original: { method: string; uri: string },
  service: ServiceTokenFacts,
  api: ApiFacts,
): CheckInput {
  const { path, query } = splitUri(original.uri);
  return {
    key: keyIn(headers, query, { keyPrefixes, tokenShapes, allowInUrl: api.allowKeyInUrl }),
    method: original.method,
    path,
    clientIp: forwardedCaller(text(headers["x-forwarded-for"]), service.trustedProxies) ?? undefined,
    referrer: headers.referer,
    origin: headers.origin,
    androidPackage: text(headers["x-android-package"]),
    androidCertSha1: text(headers["x-android-cert"]),
    iosBundleId: text(headers["x-ios-bundle-identifier"]),
    cost: 1,
  };
}

function tokenIn(headers: IncomingHttpHeaders): string {
  return text(headers["x-latchkey-token"]) ?? "";
}

/** Node joins repeated headers with a comma, which no rule accepts. */
function text(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}
