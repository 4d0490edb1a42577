import { domainOf, readEmail } from "#core/email.ts";
import { cleanName } from "#core/text.ts";

/** Why a sign-in through a provider was denied. The page shows a text for it; the log has the reason itself. */
export const PROVIDER_DENIALS = {
  "not-invited": "This account can't sign in here. It is disabled or was not invited: ask an administrator.",
  "provider-required":
    "Your email address can only sign in with another provider. Use the button of your organization.",
  "account-exists":
    "There is an account with your email address that this provider can't open. Sign in as before, then connect the provider under Account.",
  "issuer-unexpected":
    "The provider identified itself with another issuer than the configured one. Ask an administrator to run the doctor.",
  "signed-out-by-provider": "Your provider signed you out while you were signing in here. Sign in again.",
  "subject-unusable":
    "The provider sent no valid user id. Ask an administrator: the claim “sub” must be a string.",
  "email-missing":
    "The provider did not send your email address. Ask an administrator to have the claim “email” sent to this portal.",
  "email-not-text":
    "The provider sent your email address in an invalid format. Ask an administrator: the claim “email” must be a single string, not a list.",
  "email-unusable":
    "The provider sent an email address that can't be used here. Ask an administrator for an account with a plain address, such as ada@example.com.",
  "email-unverified":
    "The provider does not say that your email address is verified. Verify it there, or ask an administrator: the claim “email_verified” must be true.",
} as const;

export type ProviderDenial = keyof typeof PROVIDER_DENIALS;

/** A verified email address, or why there is none. */
export type EmailClaim = { address: string } | { denied: ProviderDenial };

/** The claims of an ID token or of a userinfo response. Providers send values of any type. */
export type ProviderClaims = Readonly<Record<string, unknown>>;

/**
 * The email address, if the provider has verified it. `email_verified` must be `true` or `"true"` (Amazon Cognito).
 * If a provider leaves it out (Microsoft Entra ID), only addresses in `trustedDomains` count as verified; a plain
 * `false` always counts.
 */
export function emailClaim(
  { email, email_verified: verified }: ProviderClaims,
  trustedDomains: string[],
): EmailClaim {
  if (email === undefined || email === null || email === "") return { denied: "email-missing" };
  if (typeof email !== "string") return { denied: "email-not-text" };
  const parsed = readEmail(email);
  if ("error" in parsed) return { denied: "email-unusable" };
  const isAbsent = verified === undefined || verified === null;
  const isVerified =
    verified === true ||
    verified === "true" ||
    (isAbsent && trustedDomains.includes(domainOf(parsed.address)));
  return isVerified ? parsed : { denied: "email-unverified" };
}

/** The user's id at the provider: a string of 1 to 255 characters or an integer; otherwise null. */
export function subjectClaim(subject: unknown): string | null {
  if (Number.isSafeInteger(subject)) return String(subject);
  if (typeof subject !== "string" || subject.length > 255) return null;
  return /^[^\p{Cc}\p{Cs}]+$/u.test(subject) ? subject : null;
}

/** The `iss` of a verified ID token, without trailing slashes; null if there is none. */
export function issuerClaim(issuer: unknown): string | null {
  const text = typeof issuer === "string" ? issuer.replace(/\/+$/, "") : "";
  return text === "" ? null : text;
}

/** The user's name: the first claim that is a string with a visible character, or null. */
export function nameClaim({ name, preferred_username, nickname, login }: ProviderClaims): string | null {
  for (const claim of [name, preferred_username, nickname, login]) {
    const clean = cleanName(claim, 100);
    if (clean !== null) return clean;
  }
  return null;
}

/** The groups in a claim: a list of strings, or a single string. Other values are no groups. */
export function groupsIn(claim: unknown): string[] {
  const values: unknown[] = Array.isArray(claim) ? claim : [claim];
  return values.filter((value) => typeof value === "string");
}
