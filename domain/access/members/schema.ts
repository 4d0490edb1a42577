import { z } from "zod";
import { emailSchema, idSchema } from "../../fields.ts";

export const PROJECT_ROLES = ["owner", "developer", "viewer"] as const;
export const projectRoleSchema = z.enum(PROJECT_ROLES, "Choose owner, developer or viewer.");

export const listMembersSchema = z.strictObject({ projectId: idSchema });
export type ListMembersInput = z.output<typeof listMembersSchema>;

export const inviteMemberSchema = z.strictObject({
  projectId: idSchema,
  email: emailSchema,
  role: projectRoleSchema,
});
export type InviteMemberInput = z.output<typeof inviteMemberSchema>;

export const invitationRefSchema = z.strictObject({ projectId: idSchema, invitationId: idSchema });
export type InvitationRef = z.output<typeof invitationRefSchema>;

/** The token of a one-time link. */
export const invitationTokenSchema = z.strictObject({ token: z.string().min(1).max(200) });
export type InvitationTokenInput = z.output<typeof invitationTokenSchema>;

export const setRoleSchema = z.strictObject({
  projectId: idSchema,
  userId: idSchema,
  role: projectRoleSchema,
});
export type SetRoleInput = z.output<typeof setRoleSchema>;

export const memberRefSchema = z.strictObject({ projectId: idSchema, userId: idSchema });
export type MemberRef = z.output<typeof memberRefSchema>;
