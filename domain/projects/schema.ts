import { z } from "zod";
import { idSchema, nameSchema, pageFields, proseSchema, searchSchema } from "../fields.ts";
import { limitsInputSchema } from "../keys/limits/schema.ts";

export const createProjectSchema = z.strictObject({ name: nameSchema });
export type CreateProjectInput = z.output<typeof createProjectSchema>;

export const listProjectsSchema = z.strictObject({
  ...pageFields,
  /** Every project, not only one's own; for administrators. */
  all: z.boolean().default(false),
  /** Part of a name, or an id. */
  search: searchSchema.optional(),
});
export type ListProjectsInput = z.output<typeof listProjectsSchema>;

export const projectRefSchema = z.strictObject({ projectId: idSchema });
export type ProjectRef = z.output<typeof projectRefSchema>;

export const updateProjectSchema = z.strictObject({
  projectId: idSchema,
  name: nameSchema.optional(),
  /** Both kinds together: one that is left out is no more. */
  limits: limitsInputSchema.optional(),
});
export type UpdateProjectInput = z.output<typeof updateProjectSchema>;

export const setCeilingSchema = z.strictObject({ projectId: idSchema, ceiling: limitsInputSchema });
export type SetCeilingInput = z.output<typeof setCeilingSchema>;

export const suspendProjectSchema = z.strictObject({
  projectId: idSchema,
  /** Kept in the audit log. */
  reason: proseSchema(500).optional(),
});
export type SuspendProjectInput = z.output<typeof suspendProjectSchema>;
