import { z } from "zod";
import { MANAGEMENT_SCOPES, PROJECT_TOKEN_ROLES } from "#core/scopes.ts";
import {
  idSchema,
  instantSchema,
  nameSchema,
  networksSchema,
  pageFields,
  pageSchema,
  personSchema,
  timestampSchema,
} from "../../fields.ts";
import { olderSecretSchema, tokenRotationFields } from "../../keys/rotation/schema.ts";

const managementTokenFields = {
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  /** What the token may do, of what its user may do. */
  scopes: z.array(z.enum(MANAGEMENT_SCOPES)),
  /** IP addresses and networks from which it works; empty for everywhere. */
  allowedIps: z.array(z.string()),
  createdAt: timestampSchema,
  /** When it stops working; null for never. */
  expiresAt: timestampSchema.nullable(),
  older: olderSecretSchema.nullable(),
  lastUsedAt: timestampSchema.nullable(),
  /** The IP address of the last use; null if unknown. */
  lastUsedFrom: z.string().nullable(),
  revokedAt: timestampSchema.nullable(),
};

/** A management token as its user sees it: never with its hash. */
export const managementTokenSchema = z.strictObject(managementTokenFields).meta({ id: "ManagementToken" });
export type ManagementToken = z.output<typeof managementTokenSchema>;

/** A management token of a project. */
export const projectTokenSchema = z
  .strictObject({
    ...managementTokenFields,
    /** The role that the token has in the project. */
    role: z.enum(PROJECT_TOKEN_ROLES),
    /** The user who created it. The token keeps working when they leave. */
    createdBy: personSchema,
  })
  .meta({ id: "ProjectToken" });
export type ProjectToken = z.output<typeof projectTokenSchema>;

/** A project's management token and the string that scripts send, which is returned only here. */
export interface ProjectTokenWithToken {
  managementToken: ProjectToken;
  token: string;
}

export const projectTokenPageSchema = pageSchema(projectTokenSchema);
export type ProjectTokenPage = z.output<typeof projectTokenPageSchema>;

/** A management token as administrators see it. */
export const adminManagementTokenSchema = z
  .strictObject({
    ...managementTokenFields,
    /** The user whose token it is; null for a token of a project. */
    user: personSchema.nullable(),
    /** The project whose token it is; null for a token of a user. */
    project: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  })
  .meta({ id: "AdminManagementToken" });
export type AdminManagementToken = z.output<typeof adminManagementTokenSchema>;

/** A management token and the string that scripts send, which is returned only here. */
export interface ManagementTokenWithToken {
  managementToken: ManagementToken;
  token: string;
}

export const managementTokenPageSchema = pageSchema(managementTokenSchema);
export type ManagementTokenPage = z.output<typeof managementTokenPageSchema>;

export const adminManagementTokenPageSchema = pageSchema(adminManagementTokenSchema);
export type AdminManagementTokenPage = z.output<typeof adminManagementTokenPageSchema>;

/** Left out: in 90 days, or earlier if the site's policy says so. Null: never, if the policy has no maximum. */
const expiresAtSchema = instantSchema.nullable().optional();

export const createManagementTokenSchema = z.strictObject({
  name: nameSchema,
  /** Left out: every scope but `members:write`. */
  scopes: z.array(z.enum(MANAGEMENT_SCOPES)).min(1, "Choose at least one permission.").optional(),
  expiresAt: expiresAtSchema,
  /** Left out or empty: it works from everywhere. */
  allowedIps: networksSchema.optional(),
});
export type CreateManagementTokenInput = z.output<typeof createManagementTokenSchema>;

/** Left out `scopes`: everything that the role allows. */
export const createProjectTokenSchema = z.strictObject({
  projectId: idSchema,
  role: z.enum(PROJECT_TOKEN_ROLES, "Choose viewer or developer."),
  ...createManagementTokenSchema.shape,
});
export type CreateProjectTokenInput = z.output<typeof createProjectTokenSchema>;

export const listManagementTokensSchema = z.strictObject({ ...pageFields });
export type ListManagementTokensInput = z.output<typeof listManagementTokensSchema>;

export const listAllManagementTokensSchema = z.strictObject({
  ...pageFields,
  /** `never`: only tokens without expiry. */
  expires: z.enum(["never"]).optional(),
});
export type ListAllManagementTokensInput = z.output<typeof listAllManagementTokensSchema>;

export const managementTokenRefSchema = z.strictObject({ managementTokenId: idSchema });
export type ManagementTokenRef = z.output<typeof managementTokenRefSchema>;

export const rotateManagementTokenSchema = z.strictObject({
  managementTokenId: idSchema,
  ...tokenRotationFields,
  expiresAt: expiresAtSchema,
});
export type RotateManagementTokenInput = z.output<typeof rotateManagementTokenSchema>;

export const listProjectTokensSchema = z.strictObject({ projectId: idSchema, ...pageFields });
export type ListProjectTokensInput = z.output<typeof listProjectTokensSchema>;

export const projectTokenRefSchema = z.strictObject({ projectId: idSchema, managementTokenId: idSchema });
export type ProjectTokenRef = z.output<typeof projectTokenRefSchema>;

export const rotateProjectTokenSchema = z.strictObject({
  projectId: idSchema,
  ...rotateManagementTokenSchema.shape,
});
export type RotateProjectTokenInput = z.output<typeof rotateProjectTokenSchema>;
