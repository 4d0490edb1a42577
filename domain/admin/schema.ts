import { z } from "zod";
import { siteRoleSchema } from "../access/accounts/schema.ts";
import { DOMAIN_ERROR_CODES } from "../errors.ts";
import {
  emailSchema,
  idSchema,
  pageFields,
  pageSchema,
  proseSchema,
  searchSchema,
  timestampSchema,
} from "../fields.ts";
import { adminKeySchema, environmentSchema, KEY_STATUSES, RESTRICTED_FILTERS } from "../keys/schema.ts";

/** An account, as administrators see it. */
export const userSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    siteRole: siteRoleSchema,
    createdAt: timestampSchema,
    disabledAt: timestampSchema.nullable(),
    /** The number of projects they belong to. */
    projects: z.int(),
  })
  .meta({ id: "User" });
export type User = z.output<typeof userSchema>;

export const userPageSchema = pageSchema(userSchema);
export type UserPage = z.output<typeof userPageSchema>;

export const listUsersSchema = z.strictObject({
  ...pageFields,
  /** Part of a name or an email address. */
  search: searchSchema.optional(),
  /** `none`: only accounts that can sign in and have no second factor. */
  secondFactor: z.enum(["none"]).optional(),
});
export type ListUsersInput = z.output<typeof listUsersSchema>;

export const userRefSchema = z.strictObject({ userId: idSchema });
export type UserRef = z.output<typeof userRefSchema>;

export const userSessionRefSchema = z.strictObject({ userId: idSchema, sessionId: idSchema });
export type UserSessionRef = z.output<typeof userSessionRefSchema>;

export const setUserEmailSchema = z.strictObject({ userId: idSchema, email: emailSchema });
export type SetUserEmailInput = z.output<typeof setUserEmailSchema>;

export const setSiteRoleSchema = z.strictObject({
  userId: idSchema,
  siteRole: siteRoleSchema,
});
export type SetSiteRoleInput = z.output<typeof setSiteRoleSchema>;

/** A running verifier and how far it is behind the change feed. */
const verifierSchema = z
  .strictObject({
    id: z.string(),
    /** `local`: a service that verifies keys in its own process. */
    kind: z.enum(["verifier", "local"]),
    address: z.string(),
    /** Of a local one: its service token. */
    serviceToken: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    version: z.string(),
    startedAt: timestampSchema,
    lastSeenAt: timestampSchema,
    /** Changes that it has not applied yet. */
    behind: z.int(),
    /** Age of the oldest of these, ms; 0 if there are none. */
    behindMs: z.number(),
  })
  .meta({ id: "Verifier" });
export type Verifier = z.output<typeof verifierSchema>;

export const verifierPageSchema = pageSchema(verifierSchema);

export const listVerifiersSchema = z.strictObject({});
export type ListVerifiersInput = z.output<typeof listVerifiersSchema>;

const daysSchema = z.coerce.number().int().min(0).max(36_500);

const allKeysFilterSchema = z.strictObject({
  /** Created at least this many days ago, and not used since then for as many days. */
  unusedForDays: daysSchema.optional(),
  /** `not-revoked`: can be used, now or after it is enabled or its expiry is extended. */
  status: z.enum([...KEY_STATUSES, "not-revoked"]).optional(),
  projectId: idSchema.optional(),
  environment: environmentSchema.optional(),
  restricted: z.enum(RESTRICTED_FILTERS).optional(),
  /** The minimum age of the current secret. */
  secretOlderThanDays: daysSchema.optional(),
  /** The current secret is younger. */
  secretNewerThanDays: daysSchema.optional(),
  /** True: active, and a secret of it that was reported as leaked still works. False: all others. */
  leaked: z.stringbool().optional(),
});
export type AllKeysFilter = z.output<typeof allKeysFilterSchema>;

export const adminKeyPageSchema = pageSchema(adminKeySchema);
export type AdminKeyPage = z.output<typeof adminKeyPageSchema>;

export const listAllKeysSchema = z.strictObject({
  ...pageFields,
  ...allKeysFilterSchema.shape,
  q: searchSchema
    .optional()
    .describe(
      "Part of a name, hint, description, tag or external ID, or a whole key ID; case does not matter. With more than 20,000 keys, one or two characters match only the start of a name.",
    ),
});
export type ListAllKeysInput = z.output<typeof listAllKeysSchema>;

export const revokeKeysSchema = z.strictObject({
  // Unchanged, so that the response names them as they were sent.
  keyIds: z.array(z.string().max(200)).min(1, "Name at least one key.").max(500, "At most 500 at once."),
  /** Recorded in the audit log of each key. */
  reason: proseSchema(500).min(1, "Say why."),
});
export type RevokeKeysInput = z.output<typeof revokeKeysSchema>;

export const revokeKeysResultSchema = z.strictObject({
  /** Ids of the keys that are revoked now, including those that already were. */
  revoked: z.array(z.string()),
  failed: z.array(z.strictObject({ id: z.string(), code: z.enum(DOMAIN_ERROR_CODES) })),
});
export type RevokeKeysResult = z.output<typeof revokeKeysResultSchema>;
