import { meetsRequired, nearestAlternative } from "../api-scopes/required.ts";
import type { CheckRequest } from "../check.ts";
import type { Client } from "../client.ts";
import { type Reason, reason } from "../denials.ts";
import { sanitize, sanitizeUrl } from "../sanitize.ts";
import type { DenialCode } from "../verdict.ts";
import { type CompiledApi, type CompiledApis, type HeldScopes, matchesOperation } from "./apis.ts";
import { type AppSet, appsOf } from "./apps.ts";
import type { CompiledRestrictions } from "./compile.ts";
import { formatIpAddress, parseClientIp } from "./ip-address.ts";
import type { IpSet } from "./ips.ts";
import type { RestrictionKind } from "./kinds.ts";
import { variantOf } from "./message-variant.ts";
import { type ReferrerSet, referringPage } from "./referrer-set.ts";

/** Longest client value in a verdict, characters. */
const MAX_SHOWN_LENGTH = 300;

/** The reason of the first kind that denies the request (docs/integrate/verify-keys.md); null if every kind allows it. */
export function evaluateRestrictions(rules: CompiledRestrictions, request: CheckRequest): Reason | null {
  return (
    evaluateKind("apis", rules, request) ??
    evaluateKind("ips", rules, request) ??
    evaluateKind("referrers", rules, request) ??
    evaluateKind("apps", rules, request)
  );
}

/** Like `evaluateRestrictions`, for one kind. */
export function evaluateKind(
  kind: RestrictionKind,
  rules: CompiledRestrictions,
  request: CheckRequest,
): Reason | null {
  switch (kind) {
    case "apis":
      return rules.apis && evaluateApi(rules.apis, request);
    case "ips":
      return rules.ips && evaluateIpAddress(rules.ips, request);
    case "referrers":
      return rules.referrers && evaluatePage(rules.referrers, request);
    case "apps":
      return rules.apps && evaluateApp(rules.apps, request);
  }
}

function evaluateApi(apis: NonNullable<CompiledApis>, request: CheckRequest): Reason | null {
  const allowed = apis.get(request.api);
  if (allowed === undefined) return reason("API_NOT_ALLOWED", { api: request.api });
  const why = allowed.operations.length === 0 ? null : evaluateOperation(allowed.operations, request);
  if (why !== null || allowed.scopes === null) return why;
  return evaluateScopes(allowed.scopes, request);
}

function evaluateOperation(patterns: CompiledApi["operations"], request: CheckRequest): Reason | null {
  const { operation } = request;
  if (operation !== null)
    for (const pattern of patterns) if (matchesOperation(pattern, operation)) return null;
  return denial("OPERATION_NOT_ALLOWED", calledFields(request), request.client);
}

function evaluateScopes({ set }: HeldScopes, request: CheckRequest): Reason | null {
  const { requiredScopes, client } = request;
  if (requiredScopes === null || meetsRequired(requiredScopes, set)) return null;
  const needed = nearestAlternative(requiredScopes, set);
  const missing = needed.filter((scope) => !set.has(scope));
  const observed = { ...calledFields(request), ...(missing.length > 0 && scopeFields(needed, missing)) };
  return denial("SCOPE_NOT_GRANTED", observed, client);
}

/** As in the `scope` attribute of RFC 6750: names separated by spaces. */
function scopeFields(needed: readonly string[], missing: readonly string[]) {
  return {
    requiredScopes: truncateScopes(needed.join(" ")),
    missingScopes: truncateScopes(missing.join(" ")),
  };
}

/** Whole names only. */
function truncateScopes(text: string): string {
  if (text.length <= MAX_SHOWN_LENGTH) return text;
  return (
    text.slice(0, text.lastIndexOf(" ", MAX_SHOWN_LENGTH) + 1).trimEnd() || text.slice(0, MAX_SHOWN_LENGTH)
  );
}

/** The operation that was called, or where it was called if that is unknown. */
function calledFields({ api, operation, call }: CheckRequest): Record<string, string> {
  if (operation !== null) return { api, operation: sanitize(operation, MAX_SHOWN_LENGTH) };
  if (call === null) return { api };
  const { method, path } = call;
  return { api, method: sanitize(method, 20), path: sanitizeUrl(path, MAX_SHOWN_LENGTH) };
}

function evaluateIpAddress(ips: IpSet, { client }: CheckRequest): Reason | null {
  const address = parseClientIp(client.clientIp);
  if (address === null)
    return denial("CLIENT_IP_UNKNOWN", observedFields({ clientIp: client.clientIp }), client);
  return ips.has(address) ? null : denial("IP_NOT_ALLOWED", { clientIp: formatIpAddress(address) }, client);
}

function evaluatePage(referrers: ReferrerSet, { client }: CheckRequest): Reason | null {
  const page = referringPage(client);
  if (page !== null && referrers.has(page)) return null;
  const { referrer, origin } = client;
  return denial("REFERRER_NOT_ALLOWED", observedFields({ referrer, origin }), client);
}

function evaluateApp(apps: AppSet, { client }: CheckRequest): Reason | null {
  if (appsOf(client).some((app) => apps.has(app))) return null;
  const { androidPackage, androidCertSha1, iosBundleId } = client;
  return denial("APP_NOT_ALLOWED", observedFields({ androidPackage, androidCertSha1, iosBundleId }), client);
}

function denial(code: DenialCode, observed: Record<string, string>, client: Client): Reason {
  return reason(code, observed, variantOf(code, observed, client));
}

/** The fields that a rule evaluated, without queries, fragments, secrets and missing values. */
function observedFields(fields: Record<string, string | null>): Record<string, string> {
  const present = Object.entries(fields).flatMap(([name, text]) =>
    text
      ? [[name, isUrl(name) ? sanitizeUrl(text, MAX_SHOWN_LENGTH) : sanitize(text, MAX_SHOWN_LENGTH)]]
      : [],
  );
  return Object.fromEntries(present);
}

function isUrl(name: string): boolean {
  return name === "referrer" || name === "origin";
}
