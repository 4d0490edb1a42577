import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CLIENT_IP_HEADER,
  clientIpAddress,
  ipAddressMatcher,
  UNTRUSTED_PROXY_HEADER,
} from "#platform/http/client-ip-address.ts";
import type { Settings } from "#platform/settings.ts";
import { TRY_ORIGINS_HEADER } from "./security-headers.ts";

/** Headers that only Next may set. */
const INTERNAL = /^x-(middleware|invoke|matched|nextjs|now-route|nonce|path)/;
/**
 * Names of a page and of its requests. The development server sends details of each answer over the page's WebSocket by
 * these names, and the page does not continue without them.
 */
const FROM_DEVELOPMENT_PAGE = ["x-nextjs-request-id", "x-nextjs-html-request-id"];
const FROM_PROXY = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * Next sends a server action of another page to that page, and follows an action's redirect, with a request to this
 * server that repeats all headers. Each request gets a secret that proves this: otherwise anyone who calls an action
 * through another page would act from the server's own IP address.
 */
const OWN_REQUEST_HEADER = "x-latchkey-own-request";
/** The host that the client called: a request of this server to itself has another one. */
const HOST_HEADER = "x-latchkey-host";

/** What the guard reads and changes of a request. */
type Incoming = Pick<IncomingMessage, "headers"> & { socket: { remoteAddress?: string | undefined } };

/**
 * Sanitizes a request's headers before Next sees them: removes forwarding headers unless they come from a trusted
 * proxy, and sets the client's IP address in a header that no client can forge. A request of this server to itself
 * keeps the address of the client that caused it.
 */
export function headerGuard(
  settings: Pick<Settings, "trustedProxies" | "url">,
  publicHost: string | undefined,
  { dev = false } = {},
): (req: Incoming) => void {
  const isTrusted = ipAddressMatcher(settings.trustedProxies);
  const publicProto = new URL(settings.url).protocol.slice(0, -1);
  const secret = randomBytes(32).toString("base64url");
  return (req) => {
    if (isSame(req.headers[OWN_REQUEST_HEADER], secret)) {
      for (const name of Object.keys(req.headers)) if (INTERNAL.test(name)) delete req.headers[name];
      req.headers.host = String(req.headers[HOST_HEADER]);
      return;
    }
    const socketAddress = req.socket.remoteAddress;
    const forwarded = req.headers["x-forwarded-for"];
    const ipAddress = clientIpAddress(socketAddress, forwarded?.toString(), isTrusted);
    const viaProxy = clientIpAddress(socketAddress, undefined, isTrusted);
    const trusted = viaProxy !== null && isTrusted(viaProxy);
    const unheard = forwarded !== undefined && !trusted;
    for (const name of Object.keys(req.headers)) {
      if (dev && FROM_DEVELOPMENT_PAGE.includes(name)) continue;
      if (INTERNAL.test(name) || (!trusted && FROM_PROXY.includes(name))) delete req.headers[name];
    }
    delete req.headers[CLIENT_IP_HEADER];
    delete req.headers[UNTRUSTED_PROXY_HEADER];
    delete req.headers[TRY_ORIGINS_HEADER];
    if (unheard) req.headers[UNTRUSTED_PROXY_HEADER] = "1";
    if (ipAddress !== null) req.headers[CLIENT_IP_HEADER] = ipAddress;
    req.headers[OWN_REQUEST_HEADER] = secret;
    // If the public URL is known, its host is the only valid one: actions compare a form's Origin with it, and
    // redirects lead there, whatever host the client or a proxy sends.
    if (publicHost !== undefined) {
      req.headers.host = publicHost;
      req.headers["x-forwarded-host"] = publicHost;
      req.headers["x-forwarded-proto"] = publicProto;
    }
    req.headers[HOST_HEADER] = req.headers.host ?? "";
  };
}

function isSame(given: string | string[] | undefined, secret: string): boolean {
  const [one, other] = [Buffer.from(String(given)), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Where this server reaches itself, given the address that it listens on. */
export function ownOrigin({
  address,
  family,
  port,
}: Pick<AddressInfo, "address" | "family" | "port">): string {
  // Node accepts IPv4 on "::" too, and a container may have no ::1.
  if (address === "0.0.0.0" || address === "::") return `http://127.0.0.1:${port}`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
