/** Every verdict code in evaluation order (docs/integrate/verify-keys.md). */
export const VERDICT_CODES = [
  "KEY_MISSING",
  "KEY_MALFORMED",
  "KEY_NOT_FOUND",
  "KEY_REVOKED",
  "KEY_DISABLED",
  "KEY_EXPIRED",
  "KEY_ROTATED",
  "PROJECT_SUSPENDED",
  "API_NOT_ENABLED",
  "API_NOT_ALLOWED",
  "OPERATION_NOT_ALLOWED",
  "SCOPE_NOT_GRANTED",
  "CLIENT_IP_UNKNOWN",
  "IP_NOT_ALLOWED",
  "REFERRER_NOT_ALLOWED",
  "APP_NOT_ALLOWED",
  "RATE_LIMITED",
  "QUOTA_EXCEEDED",
  "VALID",
] as const;

export type VerdictCode = (typeof VERDICT_CODES)[number];
export type DenialCode = Exclude<VerdictCode, "VALID">;
export type Environment = "live" | "test";

/** Groups of codes, which determine chart colors and advice. */
export type OutcomeFamily = "valid" | "credential" | "restriction" | "limit";

/** The family of a code: valid, a wrong credential, a restriction or a limit. */
export function familyOf(code: VerdictCode): OutcomeFamily {
  if (code === "VALID") return "valid";
  if (code === "RATE_LIMITED" || code === "QUOTA_EXCEEDED") return "limit";
  return code.startsWith("KEY_") ? "credential" : "restriction";
}

/** The HTTP status with which a service answers its caller (docs/integrate/verify-keys.md). */
export function verdictStatus(code: VerdictCode): 200 | 401 | 403 | 429 {
  const family = familyOf(code);
  if (family === "valid") return 200;
  if (family === "limit") return 429;
  return family === "credential" ? 401 : 403;
}
