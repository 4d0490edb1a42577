import type { IncomingHttpHeaders } from "node:http";

/** The client's request, as the gateway describes it. */
export interface OriginalRequest {
  method: string;
  /** As the client sent it, including the query. */
  uri: string;
}

/** A supported gateway (docs/integrate/gateways/README.md): how to read its request, and which statuses it can pass on. */
export interface Gateway {
  /** Reads only headers that this proxy overwrites: a client may have sent any other. Null if they are missing. */
  originalOf(headers: IncomingHttpHeaders, method: string, rest: string): OriginalRequest | null;
  /** The status of a call that exceeds a limit. */
  overLimit: 403 | 429;
}

const fromHeaders =
  (prefix: "x-original" | "x-forwarded") =>
  (headers: IncomingHttpHeaders): OriginalRequest | null => {
    const [method, uri] = [headers[`${prefix}-method`], headers[`${prefix}-uri`]];
    return typeof method === "string" && typeof uri === "string" ? { method, uri } : null;
  };

/** By the name in the gate's URL, which only the gateway's configuration sets. */
export const GATEWAYS: ReadonlyMap<string, Gateway> = new Map<string, Gateway>([
  // nginx turns any other status of `auth_request` into a 500.
  ["nginx", { originalOf: fromHeaders("x-original"), overLimit: 403 }],
  ["haproxy", { originalOf: fromHeaders("x-original"), overLimit: 429 }],
  ["caddy", { originalOf: fromHeaders("x-forwarded"), overLimit: 429 }],
  ["traefik", { originalOf: fromHeaders("x-forwarded"), overLimit: 429 }],
  ["envoy", { originalOf: (_, method, rest) => ({ method, uri: rest }), overLimit: 429 }],
]);
