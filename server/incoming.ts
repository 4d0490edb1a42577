import type { IncomingMessage } from "node:http";
import {
  addressMatcher,
  CLIENT_ADDRESS_HEADER,
  clientAddress,
  UNTRUSTED_PROXY_HEADER,
} from "#platform/http/client-address.ts";
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
 * Sanitizes a request's headers before Next sees them: removes forwarding headers unless they come from a trusted
 * proxy, and sets the client's IP address in a header that no client can forge.
 */
export function headerGuard(
  settings: Pick<Settings, "trustedProxies" | "url">,
  publicHost: string | undefined,
  { dev = false } = {},
): (req: IncomingMessage) => void {
  const isTrusted = addressMatcher(settings.trustedProxies);
  const publicProto = new URL(settings.url).protocol.slice(0, -1);
  return (req) => {
    const socketAddress = req.socket.remoteAddress;
    const forwarded = req.headers["x-forwarded-for"];
    const ipAddress = clientAddress(socketAddress, forwarded?.toString(), isTrusted);
    const viaProxy = clientAddress(socketAddress, undefined, isTrusted);
    const trusted = viaProxy !== null && isTrusted(viaProxy);
    const unheard = forwarded !== undefined && !trusted;
    for (const name of Object.keys(req.headers)) {
      if (dev && FROM_DEVELOPMENT_PAGE.includes(name)) continue;
      if (INTERNAL.test(name) || (!trusted && FROM_PROXY.includes(name))) delete req.headers[name];
    }
    delete req.headers[CLIENT_ADDRESS_HEADER];
    delete req.headers[UNTRUSTED_PROXY_HEADER];
    delete req.headers[TRY_ORIGINS_HEADER];
    if (unheard) req.headers[UNTRUSTED_PROXY_HEADER] = "1";
    if (ipAddress !== null) req.headers[CLIENT_ADDRESS_HEADER] = ipAddress;
    // If the public URL is known, its host is the only valid one: actions compare a form's Origin with it, and
    // redirects lead there, whatever host the client or a proxy sends.
    if (publicHost !== undefined) {
      req.headers.host = publicHost;
      req.headers["x-forwarded-host"] = publicHost;
      req.headers["x-forwarded-proto"] = publicProto;
    }
  };
}
