import { z } from "zod";
import { idSchema, instantSchema, pageFields } from "../fields.ts";

const filterFields = {
  /** Undefined: the whole site, for administrators. */
  projectId: idSchema.optional(),
  /** Only what happened to this one thing, such as a key. */
  subjectId: idSchema.optional(),
  /** Only what this person did. */
  actorId: idSchema.optional(),
  /** One action (`key.revoked`) or all of a noun (`key`). */
  action: z
    .string()
    .regex(/^[a-zA-Z-]{1,40}(\.[a-z-]{1,40})?$/, "Write an action such as key.revoked, or its noun: key.")
    .optional(),
  /** From this instant on. */
  from: instantSchema.optional(),
  /** Before this instant. */
  to: instantSchema.optional(),
};

const filterSchema = z.strictObject(filterFields);
export type AuditFilter = z.output<typeof filterSchema>;

export const listAuditSchema = z.strictObject({ ...pageFields, ...filterFields });
export type ListAuditInput = z.output<typeof listAuditSchema>;

export const AUDIT_FORMATS = ["jsonl", "csv"] as const;
export const exportAuditSchema = z.strictObject({
  ...filterFields,
  format: z.enum(AUDIT_FORMATS).default("jsonl"),
});
export type ExportAuditInput = z.output<typeof exportAuditSchema>;
