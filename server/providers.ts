import { domainOf } from "#core/email.ts";
import { requiredProvider } from "#domain/access/accounts/required-provider.ts";
import type { Settings } from "#platform/settings.ts";

/** GitHub is not an OpenID Connect provider for users: this is the issuer of its identities. */
export const GITHUB_ISSUER = "https://github.com";

/** The issuer of a configured provider's identities. The name in the settings may have meant another one before. */
export function issuerOf({ oidc }: Pick<Settings, "oidc">, providerId: string): string {
  return oidc.find(({ id }) => id === providerId)?.issuer ?? GITHUB_ISSUER;
}

/** The sign-in providers configured here, as the sign-in page shows them. */
export function providersOf({
  github,
  oidc,
}: Pick<Settings, "github" | "oidc">): { id: string; name: string }[] {
  return [
    ...oidc.map(({ id, name }) => ({ id, name })),
    ...(github ? [{ id: "github", name: "GitHub" }] : []),
  ];
}

/** Those that an address can sign in with: only its domain's required provider, if it does. */
export function providersFor(settings: Pick<Settings, "github" | "oidc">, email: string) {
  const required = requiredProvider({ settings }, email);
  return providersOf(settings).filter(({ id }) => required === null || id === required.id);
}

/**
 * Whether a provider may open an existing account because it says that the user has its email address. It may for
 * domains that it controls (required and trusted ones) and those of its setting; without that setting, the only
 * configured provider may for all. Otherwise a weaker provider could open every account, including an administrator's.
 */
export function linksByEmail(
  { github, oidc }: Pick<Settings, "github" | "oidc">,
  providerId: string,
  email: string,
): boolean {
  const provider = oidc.find(({ id }) => id === providerId);
  const linkDomains = provider ? provider.linkDomains : providerId === "github" && github?.linkDomains;
  if (linkDomains === false || linkDomains === undefined) return false;
  const domain = domainOf(email);
  if (provider?.requiredDomains.includes(domain) || provider?.trustedDomains.includes(domain)) return true;
  if (linkDomains === null) return oidc.length + (github ? 1 : 0) === 1;
  return linkDomains === "all" || linkDomains.includes(domain);
}

/**
 * Whether an address counts as verified because the provider says so: not if other providers may open accounts with it
 * and this one may not. Otherwise a weaker provider could take the address before its owner first signs in, and keep a
 * way in to the owner's account.
 */
export function verifiesEmail(
  settings: Pick<Settings, "github" | "oidc">,
  providerId: string,
  email: string,
): boolean {
  if (linksByEmail(settings, providerId, email)) return true;
  return providersOf(settings).every(({ id }) => !linksByEmail(settings, id, email));
}
