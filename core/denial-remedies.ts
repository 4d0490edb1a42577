import type { DenialCode } from "./verdict.ts";

/**
 * How to fix each reason for a denial, for the documentation and the portal. Apart from the other texts of the codes,
 * which browsers don't need.
 */
export const REMEDIES: Record<DenialCode, string> = {
  KEY_MISSING: "Send the key in the header `X-Api-Key`. In a URL it counts only where the API allows it.",
  KEY_MALFORMED:
    "Copy the whole secret again, without quotes or spaces around it. If it is lost, rotate the key.",
  KEY_NOT_FOUND:
    "Check that the secret belongs to this deployment: staging and production have different keys.",
  KEY_REVOKED: "A developer of the project can restore it within 30 days, or create another one.",
  KEY_DISABLED: "Enable it in the key's settings.",
  KEY_EXPIRED: "Change the expiry in the key's settings, or create another key.",
  KEY_ROTATED: "Use the new secret wherever the old one is still used.",
  PROJECT_SUSPENDED: "Ask an administrator to resume the project.",
  API_NOT_ENABLED: "Enable the API on the project's APIs page; some need an administrator's approval.",
  API_NOT_ALLOWED: "Add the API to the key's restrictions, or use a key that is allowed to call it.",
  OPERATION_NOT_ALLOWED:
    "Add the operation, or a prefix such as `badges.*`, to the key's restrictions. If the request named none, the service must send `operation`, or a `method` and `path` that the API's OpenAPI document contains.",
  SCOPE_NOT_GRANTED:
    "Add the scope to the key's entry of the API, or use a key that has it. If the request named no operation, the service must send `operation`, or a `method` and `path` that the API's OpenAPI document contains.",
  CLIENT_IP_UNKNOWN:
    "The service must send the caller's IP address as `clientIp`. Behind a proxy, it is the address that the proxy saw.",
  IP_NOT_ALLOWED: "Add the IP address, or its network, to the key's restrictions.",
  REFERRER_NOT_ALLOWED:
    "Add the website to the key's restrictions. If the request named no page, send a `Referer` or `Origin` header; `Referrer-Policy: no-referrer` removes both. For a server, use a key restricted to IP addresses instead.",
  APP_NOT_ALLOWED:
    "Add the app to the key's restrictions: the package and the certificate's SHA-1 for Android, the bundle id for iOS. The app must send them as headers.",
  RATE_LIMITED:
    "Try again after the time in the header `Retry-After`, which is `retryAfterMs` in a verdict, and send fewer requests. If the limit is too low, a developer of the project can raise the key's limit, and an owner the project's and its plan.",
  QUOTA_EXCEEDED:
    "Wait for the next period, or have the quota raised: the key's quota by a developer of the project, the project's by an owner, who can also choose a larger plan.",
};
