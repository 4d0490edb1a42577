import { z } from "zod";
import { idSchema, nameSchema, pageFields } from "../schemas.ts";

export const createManagementTokenSchema = z.strictObject({ name: nameSchema });
export type CreateManagementTokenInput = z.output<typeof createManagementTokenSchema>;

export const listManagementTokensSchema = z.strictObject({ ...pageFields });
export type ListManagementTokensInput = z.output<typeof listManagementTokensSchema>;

export const managementTokenSchema = z.strictObject({ managementTokenId: idSchema });
export type ManagementTokenInput = z.output<typeof managementTokenSchema>;
