import { z } from "zod";
import { idSchema, instantSchema, nameSchema, personSchema, timestampSchema } from "../../fields.ts";
import { olderSecretSchema, tokenRotationFields } from "../../keys/rotation/schema.ts";

/** A SCIM token as administrators see it: never with its hash. */
const scimTokenSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  /** The provider in the settings whose users and groups it manages; null for all. */
  provider: z.string().nullable(),
  /** Whether the provider has another issuer by now, so that the token does not work. */
  providerChanged: z.boolean(),
  /** Whether it may change the email addresses of administrators. */
  managesAdmins: z.boolean(),
  createdAt: timestampSchema,
  createdBy: personSchema,
  /** When it stops working; null for never. */
  expiresAt: timestampSchema.nullable(),
  older: olderSecretSchema.nullable(),
  /** To the minute. */
  lastUsedAt: timestampSchema.nullable(),
  lastUsedFrom: z.string().nullable(),
  revokedAt: timestampSchema.nullable(),
});
export type ScimToken = z.output<typeof scimTokenSchema>;

/** A token, and its secret, which is shown once. */
export interface ScimTokenWithToken {
  scimToken: ScimToken;
  token: string;
}

export const createScimTokenSchema = z.strictObject({
  name: nameSchema,
  /** Id of a provider in the settings. Left out or null: the token manages the users and groups of all. */
  provider: z.string().max(20).nullable().optional(),
  /** Default: false. */
  managesAdmins: z.boolean().optional(),
  /** Left out or null: it works until it is revoked. */
  expiresAt: instantSchema.nullable().optional(),
});
export type CreateScimTokenInput = z.output<typeof createScimTokenSchema>;

export const scimTokenRefSchema = z.strictObject({ scimTokenId: idSchema });
export type ScimTokenRef = z.output<typeof scimTokenRefSchema>;

export const rotateScimTokenSchema = z.strictObject({
  scimTokenId: idSchema,
  ...tokenRotationFields,
  /** Left out: stays. Null: it works until it is revoked. */
  expiresAt: instantSchema.nullable().optional(),
});
export type RotateScimTokenInput = z.output<typeof rotateScimTokenSchema>;

export const setGroupRoleSchema = z.strictObject({
  groupId: idSchema,
  siteRole: z.enum(["admin"]).nullable(),
});
export type SetGroupRoleInput = z.output<typeof setGroupRoleSchema>;

/** A list request (RFC 7644, 3.4.2). */
export interface ScimListInput {
  filter: string | undefined;
  /** From 1. */
  startIndex: number;
  /** Maximum number of resources in the response. */
  count: number;
}

export const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** A page of a list (RFC 7644, 3.4.2). */
export interface ListResponse<Resource> {
  schemas: [typeof LIST_SCHEMA];
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  Resources: Resource[];
}

/** A page of a list. */
export function listResponse<Resource>(
  resources: Resource[],
  totalResults: number,
  startIndex = 1,
): ListResponse<Resource> {
  return {
    schemas: [LIST_SCHEMA],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
