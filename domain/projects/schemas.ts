import { z } from "zod";
import { idField, nameField } from "../fields.ts";
import { pageInput } from "../lists.ts";

export const createProjectInput = z.strictObject({ name: nameField });
export const projectInput = z.strictObject({ projectId: idField });
export const updateProjectInput = z.strictObject({ projectId: idField, name: nameField });
export const suspendProjectInput = z.strictObject({
  projectId: idField,
  reason: z.string().trim().max(500).optional(),
});
export const listProjectsInput = z.strictObject({
  ...pageInput,
  /** Every project of the site; administrators only. */
  all: z.boolean().default(false),
  search: z.string().trim().max(100).optional(),
});
