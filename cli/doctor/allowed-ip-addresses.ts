import type { Settings } from "#platform/settings.ts";
import { type CheckFinding, passed, warned } from "./finding.ts";

/** Says from where people can use the portal, and warns if a proxy would hide their IP addresses. */
export function checkAllowedIpAddresses(
  settings: Pick<Settings, "portalAllowedIps" | "adminAllowedIps" | "trustedProxies" | "url">,
): CheckFinding[] {
  const { portalAllowedIps: portal, adminAllowedIps: admin, trustedProxies, url } = settings;
  if (portal.length === 0 && admin.length === 0) return [];
  const from = (entries: string[]) => (entries.length === 0 ? "everywhere" : entries.join(", "));
  const message = `portal from ${from(portal)}; administration from ${from(admin)}`;
  if (trustedProxies.length > 0 || !url.startsWith("https:"))
    return [passed("allowed IP addresses", message)];
  // The portal itself does not serve TLS.
  return [
    warned(
      "allowed IP addresses",
      `${message}; LATCHKEY_URL is https, so a proxy is in front, but LATCHKEY_TRUSTED_PROXIES is empty: every client has the proxy's IP address`,
    ),
  ];
}
