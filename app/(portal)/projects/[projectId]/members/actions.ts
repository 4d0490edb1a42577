"use server";

import { inviteMember as invite } from "#domain/access/members/invite.ts";
import { removeMember as remove } from "#domain/access/members/remove.ts";
import {
  invitationRefSchema,
  inviteMemberSchema,
  memberRefSchema,
  setRoleSchema,
  undoTokenChangeSchema,
} from "#domain/access/members/schema.ts";
import { setRole as set } from "#domain/access/members/set-role.ts";
import { transferOwnership as transfer } from "#domain/access/members/transfer-ownership.ts";
import { undoTokenChange as undo } from "#domain/access/members/undo.ts";
import { withdrawInvitation as withdraw } from "#domain/access/members/withdraw.ts";
import { requireUser } from "#domain/context.ts";
import { projectRefSchema } from "#domain/projects/schema.ts";
import { action, createAction, formText } from "#server/action.ts";

export const inviteMember = createAction("project-invitation", inviteMemberSchema, invite);
export const withdrawInvitation = action(invitationRefSchema, withdraw);
export const removeMember = action(memberRefSchema, remove, { stepUp: true });
/**
 * Only for oneself, because it does not ask for a confirmation of identity. The page is not rendered again: the user may
 * no longer see it.
 */
export const leaveProject = action(
  projectRefSchema,
  ({ ctx, input }) => remove({ ctx, input: { ...input, userId: requireUser(ctx).userId } }),
  { revalidate: false },
);

/** What a management token did, from its notification. */
export const undoTokenChange = action(undoTokenChangeSchema, undo, { stepUp: true });

const setRoleAction = action(setRoleSchema, set, { stepUp: true });
const transferAction = action(memberRefSchema, transfer, { stepUp: true });

type Role = Parameters<typeof setRoleAction>[0]["role"];

/** The role comes from the dialog's form; the schema validates it. */
export async function setRole(member: { projectId: string; userId: string }, data: FormData) {
  return setRoleAction({ ...member, role: formText(data, "role") as Role });
}

/** The new owner comes from the dialog's form. */
export async function transferOwnership(project: { projectId: string }, data: FormData) {
  return transferAction({ ...project, userId: formText(data, "userId") ?? "" });
}
