import { z } from "zod";
import { MANAGEMENT_SCOPES } from "#core/scopes.ts";
import { idSchema, nameSchema, pageFields } from "../../fields.ts";

export const createManagementTokenSchema = z.strictObject({
  name: nameSchema,
  /** Left out: every scope but `members:write`. */
  scopes: z.array(z.enum(MANAGEMENT_SCOPES)).min(1).optional(),
  /** Confirms a choice of `members:write`, for users who have one. */
  password: z.string().max(200).optional(),
});
export type CreateManagementTokenInput = z.output<typeof createManagementTokenSchema>;

export const listManagementTokensSchema = z.strictObject({ ...pageFields });
export type ListManagementTokensInput = z.output<typeof listManagementTokensSchema>;

export const managementTokenRefSchema = z.strictObject({ managementTokenId: idSchema });
export type ManagementTokenRef = z.output<typeof managementTokenRefSchema>;
