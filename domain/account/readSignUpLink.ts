import type { InvitationKind } from "#db/tables/projects.ts";
import type { Verb } from "../context.ts";
import { findLink } from "./links.ts";

/** Whom a link lets make an account, and what it is for; null for one that no longer works. */
export async function readSignUpLink({
  ctx,
  input,
}: Verb<{ token: string }>): Promise<{ email: string; kind: InvitationKind } | null> {
  const link = await findLink(ctx.db.read, input.token, ctx.now());
  return link?.email ? { email: link.email, kind: link.kind } : null;
}
