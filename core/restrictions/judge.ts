import type { CheckRequest } from "../check.ts";
import { keepable, keepableUrl } from "../keepable.ts";
import { type Reason, reason } from "../reason.ts";
import { formatAddress, parseClientIp } from "./address.ts";
import { type CompiledApis, matchesOperation } from "./apis.ts";
import { type AppSet, appsOf } from "./apps.ts";
import type { CompiledRestrictions } from "./compile.ts";
import type { IpSet } from "./ips.ts";
import type { RestrictionKind } from "./kinds.ts";
import { pageOf, type ReferrerSet } from "./referrer-set.ts";

/** Of what comes from outside, this much is told of it. */
const SHOWN_MOST = 300;

/** Why the set refuses the call, by the first kind that does; null when it lets it through. */
export function judgeRestrictions(rules: CompiledRestrictions, request: CheckRequest): Reason | null {
  return (
    judgeKind("apis", rules, request) ??
    judgeKind("ips", rules, request) ??
    judgeKind("referrers", rules, request) ??
    judgeKind("apps", rules, request)
  );
}

/** The same for one kind alone. */
export function judgeKind(
  kind: RestrictionKind,
  rules: CompiledRestrictions,
  request: CheckRequest,
): Reason | null {
  switch (kind) {
    case "apis":
      return rules.apis && judgeApi(rules.apis, request);
    case "ips":
      return rules.ips && judgeAddress(rules.ips, request);
    case "referrers":
      return rules.referrers && judgePage(rules.referrers, request);
    case "apps":
      return rules.apps && judgeApp(rules.apps, request);
  }
}

function judgeApi(apis: NonNullable<CompiledApis>, { api, operation, call }: CheckRequest): Reason | null {
  const operations = apis.get(api);
  if (!operations) return reason("API_NOT_ALLOWED", { api });
  if (operations.length === 0) return null;
  if (operation === null) {
    const seen = call && { method: keepable(call.method, 20), path: keepableUrl(call.path, SHOWN_MOST) };
    return reason("OPERATION_NOT_ALLOWED", { api, ...seen });
  }
  if (operations.some((pattern) => matchesOperation(pattern, operation))) return null;
  return reason("OPERATION_NOT_ALLOWED", { api, operation: keepable(operation, SHOWN_MOST) });
}

function judgeAddress(ips: IpSet, { client: { clientIp } }: CheckRequest): Reason | null {
  const address = parseClientIp(clientIp);
  if (address !== null && ips.has(address)) return null;
  if (address === null) return reason("CLIENT_IP_UNKNOWN", seen({ clientIp }));
  return reason("IP_NOT_ALLOWED", { clientIp: formatAddress(address) });
}

function judgePage(referrers: ReferrerSet, { client }: CheckRequest): Reason | null {
  const page = pageOf(client);
  if (page !== null && referrers.has(page)) return null;
  return reason("REFERRER_NOT_ALLOWED", seen({ referrer: client.referrer, origin: client.origin }));
}

function judgeApp(apps: AppSet, { client }: CheckRequest): Reason | null {
  if (appsOf(client).some((app) => apps.has(app))) return null;
  const { androidPackage, androidCertSha1, iosBundleId } = client;
  return reason("APP_NOT_ALLOWED", seen({ androidPackage, androidCertSha1, iosBundleId }));
}

/** What a rule looked at, as it came: no query, no fragment, no secret. Nothing of what did not come. */
function seen(fields: Record<string, string | null>): Record<string, string> {
  const told = Object.entries(fields).flatMap(([name, text]) =>
    text ? [[name, isUrl(name) ? keepableUrl(text, SHOWN_MOST) : keepable(text, SHOWN_MOST)]] : [],
  );
  return Object.fromEntries(told);
}

function isUrl(name: string): boolean {
  return name === "referrer" || name === "origin";
}
