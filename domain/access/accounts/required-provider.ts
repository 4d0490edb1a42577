import { domainOf } from "#core/email.ts";
import type { OidcProvider } from "#platform/oidc-settings.ts";
import type { Ctx } from "../../context.ts";
import { DomainError } from "../../errors.ts";

interface Policed {
  settings: Pick<Ctx["settings"], "oidc">;
}

/**
 * The only provider that an address may sign in with (`LATCHKEY_OIDC_…_REQUIRED_DOMAINS`); null if there is none. Its
 * answer depends on the domain alone, so it never reveals whether an account exists.
 */
export function requiredProvider(
  { settings: { oidc } }: Policed,
  email: string,
): Pick<OidcProvider, "id" | "name" | "issuer"> | null {
  const domain = domainOf(email);
  return oidc.find(({ requiredDomains }) => requiredDomains.includes(domain)) ?? null;
}

/** Why an address can't have a password; null if it can. */
export function passwordDenial(ctx: Policed, email: string): string | null {
  const provider = requiredProvider(ctx, email);
  return provider && `People with an email address at ${domainOf(email)} sign in with ${provider.name}.`;
}

/** Throws `forbidden` if an address can't have a password. */
export function requirePasswordAllowed(ctx: Policed, email: string): void {
  const denial = passwordDenial(ctx, email);
  if (denial !== null) throw new DomainError("forbidden", denial, { byRights: false });
}

/**
 * Throws `forbidden` if the address must sign in with a provider and the user did with another issuer, or with none
 * (null).
 */
export function requireIssuerAllowed(ctx: Policed, email: string, issuer: string | null): void {
  const required = requiredProvider(ctx, email);
  if (required === null || issuer === required.issuer) return;
  requirePasswordAllowed(ctx, email);
}
