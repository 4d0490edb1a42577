import type { InvitationKind } from "#db/tables/projects.ts";
import type { Verb } from "../../context.ts";
import { findLink, isInvitation } from "./links.ts";
import { linkDenial } from "./sign-up-policy.ts";

/** Whom a link can create an account for, and what it invites to. */
export interface SignUpLink {
  email: string;
  kind: InvitationKind;
  /** Why the sign-up policy denies the account anyway; null if it doesn't. */
  refused: string | null;
}

/** What a one-time link is for; null if it no longer works. Reading does not use it up. */
export async function readSignUpLink({ ctx, input }: Verb<{ token: string }>): Promise<SignUpLink | null> {
  const link = await findLink(ctx.db.read, input.token, ctx.now());
  if (!isInvitation(link)) return null;
  return { email: link.email, kind: link.kind, refused: linkDenial(ctx, link) };
}
