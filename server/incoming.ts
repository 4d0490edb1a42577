import type { IncomingMessage } from "node:http";
import type { Settings } from "#platform/settings.ts";
import {
  CLIENT_ADDRESS_HEADER,
  clientAddress,
  trustedProxies,
  UNTRUSTED_PROXY_HEADER,
} from "./client-address.ts";

/** Headers that only Next itself may write. */
const INTERNAL = /^x-(middleware|invoke|matched|nextjs|now-route|nonce|path)/;
const FROM_PROXY = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * Makes a request's headers trustworthy before Next sees them: what only a proxy of ours may say is dropped
 * from everybody else, and who calls is written into a header that no client can write.
 */
export function headerGuard(
  settings: Pick<Settings, "trustedProxies" | "url">,
  publicHost: string | undefined,
): (req: IncomingMessage) => void {
  const isTrusted = trustedProxies(settings.trustedProxies);
  const publicProto = new URL(settings.url).protocol.slice(0, -1);
  return (req) => {
    const socketAddress = req.socket.remoteAddress;
    const forwarded = req.headers["x-forwarded-for"];
    const address = clientAddress(socketAddress, forwarded?.toString(), isTrusted);
    const viaProxy = clientAddress(socketAddress, undefined, isTrusted);
    const trusted = viaProxy !== null && isTrusted(viaProxy);
    const unheard = forwarded !== undefined && !trusted;
    for (const name of Object.keys(req.headers)) {
      if (INTERNAL.test(name) || (!trusted && FROM_PROXY.includes(name))) delete req.headers[name];
    }
    delete req.headers[CLIENT_ADDRESS_HEADER];
    delete req.headers[UNTRUSTED_PROXY_HEADER];
    if (unheard) req.headers[UNTRUSTED_PROXY_HEADER] = "1";
    if (address !== null) req.headers[CLIENT_ADDRESS_HEADER] = address;
    // Where the public address is known, it is the only one: actions compare a form's Origin with it, and a
    // redirect leads there, whatever host the caller or a proxy names.
    if (publicHost !== undefined) {
      req.headers.host = publicHost;
      req.headers["x-forwarded-host"] = publicHost;
      req.headers["x-forwarded-proto"] = publicProto;
    }
  };
}
