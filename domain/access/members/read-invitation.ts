import { iso } from "#core/time.ts";
import type { Verb } from "../../context.ts";
import { mustFindInvitation } from "./find.ts";
import type { InvitationTokenInput } from "./schema.ts";
import type { InvitationPreview } from "./types.ts";

/** What an invitation is for. The holder of the link may read it, signed in or not. */
export async function readInvitation({ ctx, input }: Verb<InvitationTokenInput>): Promise<InvitationPreview> {
  const { email, role, project, invitedBy, expiresAt } = await mustFindInvitation(
    ctx.db.read,
    input.token,
    ctx.now(),
  );
  return { email, role, project, invitedBy, expiresAt: iso(expiresAt) };
}
