import type { IncomingMessage, ServerResponse } from "node:http";
import type { UserActor } from "#domain/context.ts";
import {
  CLIENT_IP_HEADER,
  type IpAddressMatcher,
  ipAddressMatcher,
} from "#platform/http/client-ip-address.ts";
import type { Settings } from "#platform/settings.ts";
import { ipAddressEventLog } from "./ip-address-events.ts";
import { rejectWithPage } from "./static-page.ts";

/**
 * Paths that programs call: the management API, whose tokens have their own lists of IP addresses, and what identity
 * providers call with a SCIM token or a signed logout token, and access tokens. Health checks are answered before.
 */
const FOR_PROGRAMS =
  /^\/(?:api\/(?:v1(?:\/|$)|openapi\.json$|auth\/backchannel-logout\/[^/]+$)|scim\/v2(?:\/|$)|oauth\/(?:token|introspect|revoke)$|\.well-known\/(?:jwks\.json|oauth-authorization-server)$)/;

/** A log line without an audit row, because it is about no account. */
const DENIED = "access.address-denied";
const ADVICE =
  "Connect to your company's network or VPN and try again. If you should have access from here, ask your administrators to allow this IP address.";

/**
 * Answers 403, with a page to a browser that loads one, to a request from an IP address outside
 * `LATCHKEY_PORTAL_ALLOWED_IPS` and returns true. An unknown IP address is outside. What programs call is open to all.
 */
export function rejectOutsideIpAddresses(
  settings: Pick<Settings, "portalAllowedIps">,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const { portalAllowedIps } = settings;
  if (portalAllowedIps.length === 0) return () => false;
  const isAllowed = ipAddressMatcher(portalAllowedIps);
  const logDenied = ipAddressEventLog(DENIED);
  return (req, res) => {
    if (isForPrograms(req.url ?? "/")) return false;
    const ipAddress = req.headers[CLIENT_IP_HEADER];
    if (typeof ipAddress === "string" && isAllowed(ipAddress)) return false;
    const from = typeof ipAddress === "string" ? ipAddress : null;
    logDenied(from);
    const detail = `This portal can't be used from ${from === null ? "an unknown IP address" : `the IP address ${from}`}.`;
    const page = { title: "Not available from your network", paragraphs: [detail, ADVICE], retry: true };
    rejectWithPage(req, res, { status: 403, detail, page, headers: { Connection: "close" } });
    return true;
  };
}

/**
 * Whether programs call the path, as it is written and with its dot segments resolved: `/api/v1/../../account` is a
 * page, and so is `/account/../api/v1/projects`, because Next does not resolve them.
 */
function isForPrograms(url: string): boolean {
  const written = url.split(/[?#]/)[0] ?? "";
  const resolved = URL.parse(url, "http://portal.invalid")?.pathname ?? "";
  return FOR_PROGRAMS.test(written) && FOR_PROGRAMS.test(resolved) && !/[\\]|\/\/|%2f|%5c/i.test(written);
}

/**
 * The user without the rights of an administrator if `LATCHKEY_ADMIN_ALLOWED_IPS` does not contain their IP address.
 * This also covers actions and data, which a page of any path can call.
 */
export function withinAdminIpAddresses(
  actor: UserActor,
  { adminAllowedIps }: Pick<Settings, "adminAllowedIps">,
): UserActor {
  if (actor.siteRole !== "admin" || adminAllowedIps.length === 0) return actor;
  const { ipAddress } = actor;
  if (ipAddress !== null && matcherOf(adminAllowedIps)(ipAddress)) return actor;
  return { ...actor, siteRole: "developer", isOutsideAdminIpAddresses: true };
}

const matchers = new WeakMap<string[], IpAddressMatcher>();

/** The settings live as long as the process. */
function matcherOf(entries: string[]): IpAddressMatcher {
  const known = matchers.get(entries) ?? ipAddressMatcher(entries);
  matchers.set(entries, known);
  return known;
}
