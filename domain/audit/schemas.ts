import { z } from "zod";
import { idSchema, pageFields } from "../schemas.ts";

export const listAuditSchema = z.strictObject({
  ...pageFields,
  /** Undefined: the whole site, for administrators. */
  projectId: idSchema.optional(),
  /** Only what happened to this one thing, such as a key. */
  subjectId: idSchema.optional(),
});
export type ListAuditInput = z.output<typeof listAuditSchema>;
