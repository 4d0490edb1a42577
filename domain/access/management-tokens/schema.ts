import { z } from "zod";
import { MANAGEMENT_SCOPES } from "#core/scopes.ts";
import { idSchema, nameSchema, pageFields, pageSchema, timestampSchema } from "../../fields.ts";

/** A management token as its user sees it: never with its hash. */
export const managementTokenSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    hint: z.string(),
    /** What the token may do, of what its user may do. */
    scopes: z.array(z.enum(MANAGEMENT_SCOPES)),
    createdAt: timestampSchema,
    lastUsedAt: timestampSchema.nullable(),
    revokedAt: timestampSchema.nullable(),
  })
  .meta({ id: "ManagementToken" });
export type ManagementToken = z.output<typeof managementTokenSchema>;

/** A management token and the string that scripts send, which is returned only here. */
export interface ManagementTokenWithToken {
  managementToken: ManagementToken;
  token: string;
}

export const managementTokenPageSchema = pageSchema(managementTokenSchema);
export type ManagementTokenPage = z.output<typeof managementTokenPageSchema>;

export const createManagementTokenSchema = z.strictObject({
  name: nameSchema,
  /** Left out: every scope but `members:write`. */
  scopes: z.array(z.enum(MANAGEMENT_SCOPES)).min(1).optional(),
});
export type CreateManagementTokenInput = z.output<typeof createManagementTokenSchema>;

export const listManagementTokensSchema = z.strictObject({ ...pageFields });
export type ListManagementTokensInput = z.output<typeof listManagementTokensSchema>;

export const managementTokenRefSchema = z.strictObject({ managementTokenId: idSchema });
export type ManagementTokenRef = z.output<typeof managementTokenRefSchema>;
