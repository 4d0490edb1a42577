import type { CheckRequest } from "../check.ts";
import type { Client } from "../client.ts";
import { type Reason, reason } from "../reason.ts";
import { sanitize, sanitizeUrl } from "../sanitize.ts";
import type { DenialCode } from "../verdict.ts";
import { formatAddress, parseClientIp } from "./address.ts";
import { type CompiledApis, matchesOperation } from "./apis.ts";
import { type AppSet, appsOf } from "./apps.ts";
import type { CompiledRestrictions } from "./compile.ts";
import type { IpSet } from "./ips.ts";
import type { RestrictionKind } from "./kinds.ts";
import { pageOf, type ReferrerSet } from "./referrer-set.ts";
import { variantOf } from "./variant.ts";

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

function judgeApi(apis: NonNullable<CompiledApis>, request: CheckRequest): Reason | null {
  const { api, operation, call, client } = request;
  const operations = apis.get(api);
  if (!operations) return reason("API_NOT_ALLOWED", { api });
  if (operations.length === 0) return null;
  if (operation !== null) {
    if (operations.some((pattern) => matchesOperation(pattern, operation))) return null;
    return refusal("OPERATION_NOT_ALLOWED", { api, operation: sanitize(operation, SHOWN_MOST) }, client);
  }
  const asked = call && { method: sanitize(call.method, 20), path: sanitizeUrl(call.path, SHOWN_MOST) };
  return refusal("OPERATION_NOT_ALLOWED", { api, ...asked }, client);
}

function judgeAddress(ips: IpSet, { client }: CheckRequest): Reason | null {
  const address = parseClientIp(client.clientIp);
  if (address === null) return refusal("CLIENT_IP_UNKNOWN", seen({ clientIp: client.clientIp }), client);
  return ips.has(address) ? null : refusal("IP_NOT_ALLOWED", { clientIp: formatAddress(address) }, client);
}

function judgePage(referrers: ReferrerSet, { client }: CheckRequest): Reason | null {
  const page = pageOf(client);
  if (page !== null && referrers.has(page)) return null;
  const { referrer, origin } = client;
  return refusal("REFERRER_NOT_ALLOWED", seen({ referrer, origin }), client);
}

function judgeApp(apps: AppSet, { client }: CheckRequest): Reason | null {
  if (appsOf(client).some((app) => apps.has(app))) return null;
  const { androidPackage, androidCertSha1, iosBundleId } = client;
  return refusal("APP_NOT_ALLOWED", seen({ androidPackage, androidCertSha1, iosBundleId }), client);
}

function refusal(code: DenialCode, observed: Record<string, string>, client: Client): Reason {
  return reason(code, observed, variantOf(code, observed, client));
}

/** What a rule looked at, as it came: no query, no fragment, no secret. Nothing of what did not come. */
function seen(fields: Record<string, string | null>): Record<string, string> {
  const told = Object.entries(fields).flatMap(([name, text]) =>
    text ? [[name, isUrl(name) ? sanitizeUrl(text, SHOWN_MOST) : sanitize(text, SHOWN_MOST)]] : [],
  );
  return Object.fromEntries(told);
}

function isUrl(name: string): boolean {
  return name === "referrer" || name === "origin";
}
