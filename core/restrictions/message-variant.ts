import type { Client } from "../client.ts";
import type { DenialCode } from "../verdict.ts";
import { appsOf } from "./apps.ts";
import { referringPage } from "./referrer-set.ts";
import { parsePage } from "./site.ts";

/** The variant of a code's message (`core/denials.ts`) that fits the request; undefined for the main message. */
export function variantOf(
  code: DenialCode,
  observed: Record<string, string>,
  client: Client,
): string | undefined {
  switch (code) {
    case "OPERATION_NOT_ALLOWED":
      if (observed.operation !== undefined) return undefined;
      return observed.path === undefined ? "missing" : "notFound";
    case "SCOPE_NOT_GRANTED":
      return scopeVariant(observed);
    case "CLIENT_IP_UNKNOWN":
      return client.clientIp ? undefined : "missing";
    case "REFERRER_NOT_ALLOWED":
      return referringPage(client) === null ? missingPageVariant(client) : undefined;
    case "APP_NOT_ALLOWED":
      if (appsOf(client).length > 0) return undefined;
      return client.androidPackage || client.androidCertSha1 ? "incomplete" : "missing";
    default:
      return undefined;
  }
}

function scopeVariant({ operation, path, requiredScopes, missingScopes }: Record<string, string>) {
  if (requiredScopes === undefined) {
    if (operation !== undefined) return "unlisted";
    return path === undefined ? "missing" : "notFound";
  }
  if (operation === undefined) return "asked";
  return missingScopes?.includes(" ") ? "several" : undefined;
}

/** The variant for a request whose page is unknown. */
function missingPageVariant({ referrer, origin }: Client): string {
  if (!referrer) return !origin || origin === "null" ? "missing" : "unreadable";
  if (parsePage(referrer) === null) return "unreadable";
  return origin === "null" ? "opaqueOrigin" : "disagreeing";
}
