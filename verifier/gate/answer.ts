import type { IncomingHttpHeaders } from "node:http";
import { VerdictUnavailable } from "#engine/cache/fill-gate.ts";
import type { ApiFacts, ServiceTokenFacts } from "#engine/cache/load-facts.ts";
import type { CheckObserver } from "#engine/check/answer.ts";
import type { Asking } from "#engine/check/question.ts";
import type { Reply } from "#engine/check/reply.ts";
import { nextRequestId } from "#engine/check/request-id.ts";
import type { Engine } from "#engine/engine.ts";
import { chain, type MaybePromise } from "#platform/maybe-promise.ts";
import { GATEWAYS, type Gateway } from "./gateways.ts";
import { callerOf, gateOf, isPreflight, keyIn, splitUri } from "./read.ts";
import { gateReply, type NoVerdict, noVerdict, preflightReply } from "./reply.ts";

/** A request of a gateway, before any framework. No body is read. */
export interface GateAsked {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
}

/** Asked in a way that is the gateway's fault: its configuration's, not the caller's. */
class Misconfigured extends Error {
  readonly code: "SERVICE_TOKEN_INVALID" | "GATE_MISCONFIGURED";

  constructor(code: Misconfigured["code"]) {
    super(code);
    this.code = code;
  }
}

/** Answers one request, exactly once: an answer leaves only when it is written down. Never throws. */
export function answerGate(
  engine: Engine,
  asked: GateAsked,
  watch: CheckObserver,
  respond: (reply: Reply) => void,
): void {
  const requestId = nextRequestId();
  const fail = (error: unknown) => {
    const reply = noVerdict(whyNone(error), requestId);
    watch.failed(reply.status, error, requestId);
    respond(reply);
  };
  try {
    const { gate, gateway, original } = understand(asked);
    const pending = chain(engine.serviceOf(tokenIn(asked.headers)), (service) => {
      if (service === null || (service.api !== null && service.api !== gate.api)) {
        throw new Misconfigured("SERVICE_TOKEN_INVALID");
      }
      return chain(engine.apiOf(gate.api), (api) => {
        if (api === null) throw new Misconfigured("GATE_MISCONFIGURED");
        const asking = askingOf(engine.keyPrefixes, asked.headers, original, service, api);
        if (asking.key === null && isPreflight(original.method, asked.headers)) {
          return respond(preflightReply(requestId));
        }
        return judge(engine, asking, api, gateway, requestId, { watch, respond, fail });
      });
    });
    if (pending instanceof Promise) pending.catch(fail);
  } catch (error) {
    fail(error);
  }
}

function understand({ url, headers, method }: GateAsked) {
  const gate = gateOf(url);
  const gateway = GATEWAYS.get(gate?.proxy ?? "");
  const original = gate && gateway?.originalOf(headers, method, gate.rest);
  if (!gate || !gateway || !original) throw new Misconfigured("GATE_MISCONFIGURED");
  return { gate, gateway, original };
}

function whyNone(error: unknown): NoVerdict {
  if (error instanceof Misconfigured) return error.code;
  return error instanceof VerdictUnavailable ? "UNAVAILABLE" : "BROKEN";
}

interface Told {
  watch: CheckObserver;
  respond: (reply: Reply) => void;
  fail: (error: unknown) => void;
}

function judge(
  engine: Engine,
  asking: Asking,
  api: ApiFacts,
  gateway: Gateway,
  requestId: string,
  { watch, respond, fail }: Told,
): MaybePromise<void> {
  return chain(engine.judge(asking, api, requestId), (judged) => {
    engine.record(judged, (ok) => {
      if (!ok) return fail(new VerdictUnavailable("the answer can't be written down"));
      const { verdict, limits } = judged;
      watch.answered(verdict.code, api.slug, verdict.keyId);
      respond(gateReply(verdict, limits, gateway, engine.nowMs));
    });
  });
}

function askingOf(
  prefixes: readonly string[],
  headers: IncomingHttpHeaders,
  original: { method: string; uri: string },
  service: ServiceTokenFacts,
  api: ApiFacts,
): Asking {
  const { path, query } = splitUri(original.uri);
  return {
    key: keyIn(headers, query, { prefixes, allowInUrl: api.allowKeyInUrl }),
    method: original.method,
    path,
    clientIp: callerOf(text(headers["x-forwarded-for"]), service.trustedProxies) ?? undefined,
    referrer: headers.referer,
    origin: headers.origin,
    androidPackage: text(headers["x-android-package"]),
    androidCertSha1: text(headers["x-android-cert"]),
    iosBundleId: text(headers["x-ios-bundle-identifier"]),
    cost: 1,
    tellsLimits: true,
  };
}

function tokenIn(headers: IncomingHttpHeaders): string {
  return text(headers["x-latchkey-token"]) ?? "";
}

/** Node joins what comes twice with a comma, so that it is one text that no rule lets through. */
function text(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}
