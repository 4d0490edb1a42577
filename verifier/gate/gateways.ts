import type { IncomingHttpHeaders } from "node:http";

/** What a gateway says of the request that it holds back. */
export interface Original {
  method: string;
  /** As the client wrote it, with its query. */
  uri: string;
}

/** A gateway as the contract knows it (section 4): what of its request counts, and what it can pass on. */
export interface Gateway {
  /** Reads only what this proxy overwrites: any other header may come from the client. Null when it is missing. */
  originalOf(headers: IncomingHttpHeaders, method: string, rest: string): Original | null;
  /** The status of a call that is over a limit. */
  overLimit: 403 | 429;
}

const fromHeaders =
  (prefix: "x-original" | "x-forwarded") =>
  (headers: IncomingHttpHeaders): Original | null => {
    const [method, uri] = [headers[`${prefix}-method`], headers[`${prefix}-uri`]];
    return typeof method === "string" && typeof uri === "string" ? { method, uri } : null;
  };

/** By the name in the gate's URL, which only the gateway's configuration writes. */
export const GATEWAYS: ReadonlyMap<string, Gateway> = new Map<string, Gateway>([
  // nginx turns any other status of `auth_request` into a 500.
  ["nginx", { originalOf: fromHeaders("x-original"), overLimit: 403 }],
  ["haproxy", { originalOf: fromHeaders("x-original"), overLimit: 429 }],
  ["caddy", { originalOf: fromHeaders("x-forwarded"), overLimit: 429 }],
  ["traefik", { originalOf: fromHeaders("x-forwarded"), overLimit: 429 }],
  ["envoy", { originalOf: (_, method, rest) => ({ method, uri: rest }), overLimit: 429 }],
]);
