import type { IncomingHttpHeaders } from "node:http";
import { hasShape, type TokenShape } from "#core/token-shape.ts";

/** A path below the gate. */
const GATE = /^\/api\/v1\/gate\/([^/?]+)\/([^/?]+)(.*)$/s;

/** The parts of a gate URL; null for any other URL. `rest` is the path after the API, from its slash on. */
export function gateOf(url: string): { proxy: string; api: string; rest: string } | null {
  const match = GATE.exec(url);
  if (match === null) return null;
  const [, proxy = "", api = "", rest = ""] = match;
  return { proxy, api, rest: rest.startsWith("/") ? rest : `/${rest}` };
}

/** Scheme and host of an absolute request target (RFC 9112, section 3.2.2), if all servers read them alike. */
const SCHEME_AND_HOST = /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d*)?(?=[/?]|$)/i;

/**
 * The path and query of a request target, with or without scheme and host. A host that servers could read in another
 * way stays in the path, which then matches no operation.
 */
export function splitUri(uri: string): { path: string; query: string } {
  const target = uri.replace(SCHEME_AND_HOST, "");
  const at = target.indexOf("?");
  const path = at === -1 ? target : target.slice(0, at);
  return { path: path.startsWith("/") ? path : `/${path}`, query: at === -1 ? "" : target.slice(at + 1) };
}

/** What a key looks like, and whether it counts in a URL. */
interface KeyForms {
  keyPrefixes: readonly string[];
  tokenShapes: readonly TokenShape[];
  allowInUrl: boolean;
}

/**
 * What a client sent as its key; null if it sent none (docs/integrate/gateways/README.md). Repeated values are joined, which makes
 * them an invalid key.
 */
export function keyIn(
  headers: IncomingHttpHeaders,
  query: string,
  { keyPrefixes, tokenShapes, allowInUrl }: KeyForms,
): string | null {
  const header = headers["x-api-key"];
  if (typeof header === "string" && header.trim() !== "") return header.trim();
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined && isKeyShaped(bearer, keyPrefixes, tokenShapes)) return bearer;
  return allowInUrl ? keyInQuery(query) : null;
}

/** White space in a query string. Looks behind, because an inner run must not be tried from each of its spaces. */
const ENCODED_SPACE = /^(?:\+|%20|%09|%0a|%0d)+|(?<!\+|%20|%09|%0a|%0d)(?:\+|%20|%09|%0a|%0d)+$/gi;

/**
 * The parameter `key`. Only surrounding white space is decoded: no character of a key needs encoding, and a gateway
 * that removes keys from URLs finds only unencoded ones.
 */
function keyInQuery(query: string): string | null {
  const values = query
    .split("&")
    .filter((pair) => pair.startsWith("key="))
    .map((pair) => pair.slice("key=".length).replace(ENCODED_SPACE, ""));
  return values.filter((value) => value !== "").join(", ") || null;
}

/** Whether this is a browser's CORS preflight, which never carries a key. */
export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  return method === "OPTIONS" && Boolean(headers.origin) && Boolean(headers["access-control-request-method"]);
}

/**
 * Other bearer tokens, such as a user's, belong to the service. So imported keys without a prefix count only in the
 * header `X-Api-Key`.
 */
function isKeyShaped(text: string, prefixes: readonly string[], shapes: readonly TokenShape[]): boolean {
  return (
    prefixes.some((prefix) => text.startsWith(`${prefix}_live_`) || text.startsWith(`${prefix}_test_`)) ||
    shapes.some((shape) => shape.prefix !== "" && hasShape(shape, text))
  );
}
