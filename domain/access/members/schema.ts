import { z } from "zod";
import { emailSchema, idSchema, personSchema, timestampSchema } from "../../fields.ts";

export const PROJECT_ROLES = ["owner", "developer", "viewer"] as const;
export const projectRoleSchema = z.enum(PROJECT_ROLES, "Choose owner, developer or viewer.");

/** A member of a project, as its owners see them. */
export const memberSchema = z
  .strictObject({
    user: z.strictObject({ ...personSchema.shape, email: z.string() }),
    role: projectRoleSchema,
    since: timestampSchema,
  })
  .meta({ id: "Member" });
export type Member = z.output<typeof memberSchema>;

/** An invitation to a project, as its owners see it: without the token, which only the link contains. */
export const invitationSchema = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    role: projectRoleSchema,
    createdAt: timestampSchema,
    createdBy: personSchema,
    expiresAt: timestampSchema,
  })
  .meta({ id: "Invitation" });
export type Invitation = z.output<typeof invitationSchema>;

export const invitationResultSchema = z.strictObject({
  invitation: invitationSchema,
  /** The one-time link to pass on, returned only here; null if it was mailed. */
  link: z.string().nullable(),
});
export type InvitationResult = z.output<typeof invitationResultSchema>;

export const acceptedInvitationSchema = z.strictObject({ projectId: z.string() });
export type AcceptedInvitation = z.output<typeof acceptedInvitationSchema>;

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

/** The notification of a change by a management token. */
export const undoTokenChangeSchema = z.strictObject({ projectId: idSchema, eventId: idSchema });
export type UndoTokenChangeInput = z.output<typeof undoTokenChangeSchema>;

export const setRoleSchema = z.strictObject({
  projectId: idSchema,
  userId: idSchema,
  role: projectRoleSchema,
});
export type SetRoleInput = z.output<typeof setRoleSchema>;

export const memberRefSchema = z.strictObject({ projectId: idSchema, userId: idSchema });
export type MemberRef = z.output<typeof memberRefSchema>;
