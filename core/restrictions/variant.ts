import type { Client } from "../client.ts";
import type { DenialCode } from "../verdict.ts";
import { appsOf } from "./apps.ts";
import { pageOf } from "./referrer-set.ts";
import { parsePage } from "./site.ts";

/** Which of a code's other sentences says what went wrong (`core/denials.ts`); undefined for its usual one. */
export function variantOf(
  code: DenialCode,
  observed: Record<string, string>,
  client: Client,
): string | undefined {
  switch (code) {
    case "OPERATION_NOT_ALLOWED":
      if (observed.operation !== undefined) return undefined;
      return observed.path === undefined ? "missing" : "notFound";
    case "CLIENT_IP_UNKNOWN":
      return client.clientIp ? undefined : "missing";
    case "REFERRER_NOT_ALLOWED":
      return pageOf(client) === null ? noPage(client) : undefined;
    case "APP_NOT_ALLOWED":
      if (appsOf(client).length > 0) return undefined;
      return client.androidPackage || client.androidCertSha1 ? "incomplete" : "missing";
    default:
      return undefined;
  }
}

/** Why there is no page to go by. */
function noPage({ referrer, origin }: Client): string {
  if (!referrer) return !origin || origin === "null" ? "missing" : "unreadable";
  if (parsePage(referrer) === null) return "unreadable";
  return origin === "null" ? "opaqueOrigin" : "disagreeing";
}
