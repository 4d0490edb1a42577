import { BlockList, isIP, isIPv4 } from "node:net";
import type { Client } from "#core/client.ts";
import type { Restrictions } from "#core/restrictions/types.ts";

/**
 * A second implementation of the restrictions, as simple as possible and without the core's code: the code for
 * a usable key with these restrictions. For the values of `arbitraries.ts`, not for hostile input.
 */
export function referenceCode(
  { apis, ips, referrers, apps }: Restrictions,
  api: string,
  operation: string | null,
  client: Client,
  asked: readonly string[] = [],
): string {
  const ofApi = apis.filter((entry) => entry.api === api);
  if (apis.length > 0 && ofApi.length === 0) return "API_NOT_ALLOWED";
  const isWhole = ofApi.length === 0 || ofApi.some((entry) => entry.operations.length === 0);
  const patterns = ofApi.flatMap((entry) => entry.operations);
  if (!isWhole && !patterns.some((pattern) => fits(pattern, operation))) return "OPERATION_NOT_ALLOWED";
  const held = ofApi.find((entry) => entry.scopes)?.scopes;
  if (held && asked.some((scope) => !held.includes(scope))) return "SCOPE_NOT_GRANTED";
  if (ips.length > 0) {
    const address = addressOf(client.clientIp);
    if (address === null) return "CLIENT_IP_UNKNOWN";
    if (!isListed(ips, address)) return "IP_NOT_ALLOWED";
  }
  if (referrers.length > 0 && !referrers.some((pattern) => isFrom(pattern, client))) {
    return "REFERRER_NOT_ALLOWED";
  }
  const isApp =
    apps.android.some(
      (app) => app.package === client.androidPackage && isSame(app.sha1, client.androidCertSha1),
    ) || apps.ios.some((app) => isSame(app.bundleId, client.iosBundleId));
  return apps.android.length + apps.ios.length > 0 && !isApp ? "APP_NOT_ALLOWED" : "VALID";
}

/** Exact match, or a prefix match if the pattern ends in a star. */
function fits(pattern: string, text: string | null): boolean {
  if (text === null) return false;
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

function isSame(entry: string, said: string | null): boolean {
  return said !== null && said.toLowerCase() === entry.toLowerCase();
}

function addressOf(clientIp: string | null): string | null {
  const host = (clientIp ?? "").replace(/^([\d.]+):\d+$/, "$1");
  return isIP(host) === 0 ? null : host;
}

/** Node's `BlockList` with one address family only, because it would find IPv4 addresses in `::/1`. */
function isListed(ips: string[], address: string): boolean {
  const family = familyOf(address);
  const list = new BlockList();
  for (const [host = "", prefix] of ips.map((entry) => entry.split("/"))) {
    if (familyOf(host) !== family) continue;
    if (prefix === undefined) list.addAddress(host, family);
    else list.addSubnet(host, Number(prefix), family);
  }
  return list.check(address, family);
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}

const PORTS: Record<string, string> = { http: "80", https: "443" };

function isFrom(pattern: string, { referrer, origin }: Client): boolean {
  const page = siteOf(referrer || origin);
  if (page === null) return false;
  const other = referrer && origin ? siteOf(origin) : page;
  if (other?.scheme !== page.scheme || other.host !== page.host || other.port !== page.port) return false;
  const [, scheme, star, host = "", port, path] =
    /^(?:(\w+):\/\/)?(\*\.)?([\w.-]+)(?::(\*|\d+))?(\/.*)?$/.exec(pattern) ?? [];
  return (
    (scheme === undefined ? page.scheme in PORTS : page.scheme === scheme) &&
    (star === undefined ? page.host === host : page.host.endsWith(`.${host}`)) &&
    (port === "*" || page.port === (port ?? PORTS[page.scheme] ?? "")) &&
    (path === undefined || fits(path, page.path))
  );
}

function siteOf(text: string | null) {
  const url = URL.parse(text ?? "");
  if (url === null) return null;
  const scheme = url.protocol.slice(0, -1);
  return { scheme, host: url.hostname, port: url.port || (PORTS[scheme] ?? ""), path: url.pathname || "/" };
}
