import { domainOf } from "#core/email.ts";
import type { InvitationKind } from "#db/tables/projects.ts";
import type { Ctx } from "../../context.ts";
import { DomainError } from "../../errors.ts";

type Policed = Pick<Ctx, "settings">;

/** May somebody with this address get an account without an invitation, once it is proved to be theirs? */
export function maySignUp({ settings: { signUp } }: Policed, email: string): boolean {
  return signUp.kind === "open" || (signUp.kind === "domains" && signUp.domains.includes(domainOf(email)));
}

/**
 * Why the sign-up policy keeps this address from an account that an invitation would give it; null where it doesn't.
 * With a list of domains (`LATCHKEY_SIGN_UP`) an address must be in one of them however it comes.
 */
export function refusalByPolicy({ settings: { signUp } }: Policed, email: string): string | null {
  if (signUp.kind !== "domains" || signUp.domains.includes(domainOf(email))) return null;
  return `Only people with an email address at ${signUp.domains.join(", ")} can have an account here.`;
}

/**
 * The same for whoever holds a link. A project's owner who was shown the link could use it for any address of an
 * allowed domain: there, only a mailed link shows whose the address is. An administrator's word is enough.
 */
export function refusalOfLink(
  ctx: Policed,
  link: { email: string; kind: InvitationKind; mailedAt: number | null },
): string | null {
  const refused = refusalByPolicy(ctx, link.email);
  if (refused !== null) return refused;
  if (ctx.settings.signUp.kind !== "domains" || link.kind === "site" || link.mailedAt !== null) return null;
  return "This link was not mailed to you, so it does not show that the address is yours. Ask an administrator to invite you, or sign in through a provider.";
}

/** Throws `forbidden` where the policy refuses the address. */
export function requireAllowed(ctx: Policed, email: string): void {
  const refused = refusalByPolicy(ctx, email);
  if (refused !== null) throw new DomainError("forbidden", refused);
}
