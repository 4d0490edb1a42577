import type { IncomingMessage, ServerResponse } from "node:http";
import type { UserActor } from "#domain/context.ts";
import { type AddressMatcher, addressMatcher, CLIENT_ADDRESS_HEADER } from "#platform/http/client-address.ts";
import type { Settings } from "#platform/settings.ts";
import { addressEventLog } from "./address-events.ts";
import { rejectWithPage } from "./static-page.ts";

/**
 * Paths that programs call: the management API, whose tokens have their own address lists, and what identity
 * providers call with a SCIM token or a signed logout token, and access tokens. Health checks are answered before.
 */
const FOR_PROGRAMS =
  /^\/(?:api\/(?:v1(?:\/|$)|openapi\.json$|auth\/backchannel-logout\/[^/]+$)|scim\/v2(?:\/|$)|oauth\/(?:token|introspect|revoke)$|\.well-known\/(?:jwks\.json|oauth-authorization-server)$)/;

/** A log line without an audit row, because it is about no account. */
const DENIED = "access.address-denied";
const ADVICE =
  "Connect to your company's network or VPN and try again. If you should have access from here, ask your administrators to allow this address.";

/**
 * Answers 403, with a page to a browser that loads one, to a request from an IP address outside
 * `LATCHKEY_PORTAL_ALLOWED_IPS` and returns true. An unknown address is outside. What programs call is open to every address.
 */
export function rejectOutsideAddresses(
  settings: Pick<Settings, "portalAllowedIps">,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const { portalAllowedIps } = settings;
  if (portalAllowedIps.length === 0) return () => false;
  const isAllowed = addressMatcher(portalAllowedIps);
  const logDenied = addressEventLog(DENIED);
  return (req, res) => {
    if (isForPrograms(req.url ?? "/")) return false;
    const address = req.headers[CLIENT_ADDRESS_HEADER];
    if (typeof address === "string" && isAllowed(address)) return false;
    const from = typeof address === "string" ? address : null;
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
export function withinAdminAddresses(
  actor: UserActor,
  { adminAllowedIps }: Pick<Settings, "adminAllowedIps">,
): UserActor {
  if (actor.siteRole !== "admin" || adminAllowedIps.length === 0) return actor;
  const { ipAddress } = actor;
  if (ipAddress !== null && matcherOf(adminAllowedIps)(ipAddress)) return actor;
  return { ...actor, siteRole: "developer", isOutsideAdminAddresses: true };
}

const matchers = new WeakMap<string[], AddressMatcher>();

/** The settings live as long as the process. */
function matcherOf(entries: string[]): AddressMatcher {
  const known = matchers.get(entries) ?? addressMatcher(entries);
  matchers.set(entries, known);
  return known;
}
