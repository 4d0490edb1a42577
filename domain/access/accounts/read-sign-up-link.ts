import type { InvitationKind } from "#db/tables/projects.ts";
import type { Verb } from "../../context.ts";
import { findLink, isInvitation } from "./links.ts";
import { refusalOfLink } from "./sign-up-policy.ts";

/** Whom a link lets make an account, and what it is for. */
export interface SignUpLink {
  email: string;
  kind: InvitationKind;
  /** Why the sign-up policy refuses the account all the same; null where it doesn't. */
  refused: string | null;
}

/** What a one-time link is for; null for one that no longer works. Reading it leaves it as it is. */
export async function readSignUpLink({ ctx, input }: Verb<{ token: string }>): Promise<SignUpLink | null> {
  const link = await findLink(ctx.db.read, input.token, ctx.now());
  if (!isInvitation(link)) return null;
  return { email: link.email, kind: link.kind, refused: refusalOfLink(ctx, link) };
}
