import { z } from "zod";
import { siteRoleSchema } from "../access/me/schema.ts";
import { idSchema, pageFields, proseSchema, searchSchema } from "../fields.ts";
import { environmentSchema, KEY_STATUSES, RESTRICTED_FILTERS } from "../keys/schema.ts";

export const listUsersSchema = z.strictObject({
  ...pageFields,
  /** Part of a name or an email address. */
  search: searchSchema.optional(),
});
export type ListUsersInput = z.output<typeof listUsersSchema>;

export const userRefSchema = z.strictObject({ userId: idSchema });
export type UserRef = z.output<typeof userRefSchema>;

export const setSiteRoleSchema = z.strictObject({
  userId: idSchema,
  siteRole: siteRoleSchema,
});
export type SetSiteRoleInput = z.output<typeof setSiteRoleSchema>;

export const listVerifiersSchema = z.strictObject({});
export type ListVerifiersInput = z.output<typeof listVerifiersSchema>;

const daysSchema = z.coerce.number().int().min(0).max(36_500);

const allKeysFilterSchema = z.strictObject({
  /** Created at least so many days ago, and not used in as many. */
  unusedForDays: daysSchema.optional(),
  /** `not-revoked`: can be used, now or after it is enabled or its expiry is extended. */
  status: z.enum([...KEY_STATUSES, "not-revoked"]).optional(),
  projectId: idSchema.optional(),
  environment: environmentSchema.optional(),
  restricted: z.enum(RESTRICTED_FILTERS).optional(),
  /** The current secret is at least so old. */
  secretOlderThanDays: daysSchema.optional(),
  /** The current secret is younger. */
  secretNewerThanDays: daysSchema.optional(),
  /** True: active, and a secret of it that was reported as leaked still works. False: all others. */
  leaked: z.stringbool().optional(),
});
export type AllKeysFilter = z.output<typeof allKeysFilterSchema>;

export const listAllKeysSchema = z.strictObject({ ...pageFields, ...allKeysFilterSchema.shape });
export type ListAllKeysInput = z.output<typeof listAllKeysSchema>;

export const revokeKeysSchema = z.strictObject({
  // As they were given, so that the answer names them so.
  keyIds: z.array(z.string().max(200)).min(1, "Name at least one key.").max(500, "At most 500 at once."),
  /** Kept in the audit log of each. */
  reason: proseSchema(500).min(1, "Say why."),
});
export type RevokeKeysInput = z.output<typeof revokeKeysSchema>;
