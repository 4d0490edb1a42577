import { z } from "zod";
import { idSchema, pageFields, proseSchema } from "../../fields.ts";

export const projectApiRefSchema = z.strictObject({ projectId: idSchema, slug: idSchema });
export type ProjectApiRef = z.output<typeof projectApiRefSchema>;

export const decideAccessSchema = z.strictObject({
  projectId: idSchema,
  slug: idSchema,
  /** What the askers read. */
  message: proseSchema(500).optional(),
});
export type DecideAccessInput = z.output<typeof decideAccessSchema>;

export const listPendingAccessSchema = z.strictObject({ ...pageFields });
export type ListPendingAccessInput = z.output<typeof listPendingAccessSchema>;

export const listProjectApisSchema = z.strictObject({ projectId: idSchema });
export type ListProjectApisInput = z.output<typeof listProjectApisSchema>;

/** `named`: operations that are in use, and are wanted also of an API that has too many to list. */
export interface ListEnabledApisInput extends ListProjectApisInput {
  named: readonly { api: string; operation: string }[];
}
