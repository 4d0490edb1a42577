import { z } from "zod";
import { idSchema, pageFields, pageSchema, timestampSchema } from "../../fields.ts";

export const customerSchema = z
  .strictObject({
    externalId: z.string(),
    keys: z.int().describe("Its keys that are not revoked."),
    active: z.int().describe("Those of them that can be used."),
    lastUsedAt: timestampSchema.nullable().describe("The last use of any of its keys."),
  })
  .meta({ id: "Customer" });
/** The keys with one external ID, added up. */
export type Customer = z.output<typeof customerSchema>;

export const customerPageSchema = pageSchema(customerSchema);
export type CustomerPage = z.output<typeof customerPageSchema>;

export const listCustomersSchema = z.strictObject({ projectId: idSchema, ...pageFields });
export type ListCustomersInput = z.output<typeof listCustomersSchema>;

export interface CustomerRef {
  projectId: string;
  externalId: string;
}
