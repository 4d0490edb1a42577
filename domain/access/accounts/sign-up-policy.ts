import { domainOf } from "#core/email.ts";
import type { InvitationKind } from "#db/tables/projects.ts";
import type { Ctx } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { passwordDenial } from "./required-provider.ts";

type Policed = Pick<Ctx, "settings">;

/** Whether a person with this verified email address can get an account without an invitation. */
export function canSignUp({ settings: { signUp } }: Policed, email: string): boolean {
  return signUp.kind === "open" || (signUp.kind === "domains" && signUp.domains.includes(domainOf(email)));
}

/**
 * Why the sign-up policy denies an account that an invitation would create; null if it doesn't. With a list of
 * domains (`LATCHKEY_SIGN_UP`), the email address must always be in one of them.
 */
export function policyDenial({ settings: { signUp } }: Policed, email: string): string | null {
  if (signUp.kind !== "domains" || signUp.domains.includes(domainOf(email))) return null;
  return `Only people with an email address at ${signUp.domains.join(", ")} can have an account here.`;
}

/**
 * The same for the holder of a link. If the link was shown to a project owner, they could use it for any address of
 * an allowed domain, so only a mailed link proves the address. A link from an administrator needs no proof.
 */
export function linkDenial(
  ctx: Policed,
  link: { email: string; kind: InvitationKind; mailedAt: number | null },
): string | null {
  const denial = policyDenial(ctx, link.email) ?? passwordDenial(ctx, link.email);
  if (denial !== null) return denial;
  if (ctx.settings.signUp.kind !== "domains" || link.kind === "site" || link.mailedAt !== null) return null;
  return "This link was not mailed to you, so it does not verify your email address. Ask an administrator to invite you, or sign in through a provider.";
}

/** Throws `forbidden` if the policy excludes the email address. */
export function requireAllowed(ctx: Policed, email: string): void {
  const denial = policyDenial(ctx, email);
  if (denial !== null) throw new DomainError("forbidden", denial);
}
