import type { IncomingHttpHeaders } from "node:http";
import { parseClientIp } from "#core/restrictions/address.ts";
import type { IpSet } from "#core/restrictions/ips.ts";

/** A path below the gate's. */
const GATE = /^\/api\/v1\/gate\/([^/?]+)\/([^/?]+)(.*)$/s;

/** Where a request to the gate goes; null when it is none. `rest` is what follows the API, from its slash on. */
export function gateOf(url: string): { proxy: string; api: string; rest: string } | null {
  const match = GATE.exec(url);
  if (match === null) return null;
  const [, proxy = "", api = "", rest = ""] = match;
  return { proxy, api, rest: rest.startsWith("/") ? rest : `/${rest}` };
}

/** Path and query of a request target, be it written with or without scheme and host. */
export function splitUri(uri: string): { path: string; query: string } {
  const target = uri.replace(/^https?:\/\/[^/?#]*/i, "");
  const at = target.indexOf("?");
  const path = at === -1 ? target : target.slice(0, at);
  return { path: path.startsWith("/") ? path : `/${path}`, query: at === -1 ? "" : target.slice(at + 1) };
}

/**
 * The caller's address: `X-Forwarded-For` from the right, without the trusted proxies, to the first that is
 * none; where all are, the leftmost. A text that is no address ends the search: nobody vouches for what is
 * left of it. Empty list elements are ignored (RFC 9110, 5.6.1.2).
 */
export function callerOf(forwardedFor: string | undefined, trusted: IpSet): string | null {
  if (forwardedFor === undefined) return null;
  const entries = forwardedFor
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  for (const entry of entries.toReversed()) {
    const address = parseClientIp(entry);
    if (address === null || !trusted.has(address)) return entry;
  }
  return entries[0] ?? null;
}

/**
 * What a client may have sent as its key; null when it sent none (contract, section 4). What came twice is
 * joined, and then is no key.
 */
export function keyIn(
  headers: IncomingHttpHeaders,
  query: string,
  { prefixes, allowInUrl }: { prefixes: readonly string[]; allowInUrl: boolean },
): string | null {
  const header = headers["x-api-key"];
  if (typeof header === "string" && header.trim() !== "") return header.trim();
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined && isKeyShaped(bearer, prefixes)) return bearer;
  return allowInUrl ? keyInQuery(query) : null;
}

/** White space as a query may write it. */
const ENCODED_SPACE = /^(?:\+|%20|%09|%0a|%0d)+|(?:\+|%20|%09|%0a|%0d)+$/gi;

/**
 * The parameter `key`. Only white space around it is decoded: no character of a key needs that, and a gateway
 * that removes keys from URLs finds only what is written as it is.
 */
function keyInQuery(query: string): string | null {
  const values = query
    .split("&")
    .filter((pair) => pair.startsWith("key="))
    .map((pair) => pair.slice("key=".length).replace(ENCODED_SPACE, ""));
  return values.filter((value) => value !== "").join(", ") || null;
}

/** Whether a browser asks before the call proper whether it may make it (CORS): never with a key. */
export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  return method === "OPTIONS" && Boolean(headers.origin) && Boolean(headers["access-control-request-method"]);
}

/** A token of somebody else's, such as a user's, is not for us. */
function isKeyShaped(text: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => text.startsWith(`${prefix}_live_`) || text.startsWith(`${prefix}_test_`));
}
