import { z } from "zod";
import { keyRulesInputSchema, secretAgeInputSchema, setPoliciesSchema } from "../access/policies/schema.ts";
import { createServiceTokenSchema } from "../access/service-tokens/schema.ts";
import { operationsSchema, updateApiSchema } from "../catalog/apis/schema.ts";
import { idSchema, nameSchema, slugSchema } from "../fields.ts";
import { environmentSchema, updateKeySchema } from "../keys/schema.ts";
import { updatePlanSchema } from "../plans/schema.ts";
import { updateProjectSchema } from "../projects/schema.ts";

const MAX_ITEMS = 10_000;
const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item).max(MAX_ITEMS, "At most 10,000 entries in a list.");

const planItemSchema = updatePlanSchema
  .omit({ api: true, archived: true, takesEffect: true, replacePlanned: true })
  .extend({ slug: slugSchema, name: nameSchema });
export type PlanItem = z.output<typeof planItemSchema>;

export const apiItemSchema = updateApiSchema.omit({ visibleTo: true, openapi: true }).extend({
  slug: slugSchema,
  name: nameSchema,
  operations: operationsSchema.optional(),
  plans: list(planItemSchema).optional(),
});
export type ApiItem = z.output<typeof apiItemSchema>;

const serviceTokenItemSchema = createServiceTokenSchema
  .partial()
  .extend({ id: idSchema.optional(), name: nameSchema });
export type ServiceTokenItem = z.output<typeof serviceTokenItemSchema>;

export const keyItemSchema = updateKeySchema.omit({ projectId: true, keyId: true, expected: true }).extend({
  id: idSchema.optional(),
  name: nameSchema,
  environment: environmentSchema,
});
export type KeyItem = z.output<typeof keyItemSchema>;

const projectItemSchema = updateProjectSchema.omit({ projectId: true }).extend({
  id: idSchema.optional(),
  name: nameSchema,
  keyRules: keyRulesInputSchema.nullable().optional(),
  secretAge: secretAgeInputSchema.nullable().optional(),
  apis: list(slugSchema).optional(),
  keys: list(keyItemSchema).optional(),
});
export type ProjectItem = z.output<typeof projectItemSchema>;

/**
 * What `latchkey apply` reads and `latchkey export` writes. Fields that are left out stay as they are; for something
 * new, they have the defaults of the HTTP API.
 */
export const declarationSchema = z.strictObject({
  version: z.literal(1, "Write version: 1."),
  policies: setPoliciesSchema.optional(),
  apis: list(apiItemSchema).optional(),
  serviceTokens: list(serviceTokenItemSchema).optional(),
  projects: list(projectItemSchema).optional(),
});
export type Declaration = z.output<typeof declarationSchema>;
/** The same as a file has it. */
export type WrittenDeclaration = z.input<typeof declarationSchema>;
