import { z } from "zod";
import { idSchema, instantSchema, pageFields, pageSchema, personSchema, timestampSchema } from "../fields.ts";

/** The fields that changed, and only those. */
const changedFieldsSchema = z.record(z.string(), z.unknown()).nullable();

const auditRecordSchema = z
  .strictObject({
    id: z.string(),
    at: timestampSchema,
    /** `id` is null for the portal itself and for people who had not signed in. */
    actor: z.strictObject({ id: z.string().nullable(), name: z.string() }),
    /** How the actor was authenticated: `session`, `token`, `cli`, `link`, `visitor` or `system`. */
    via: z.string(),
    /** The IP address; null if there was none, or the reader may not see it. */
    address: z.string().nullable(),
    /** A noun and a past participle, as in `key.revoked`. */
    action: z.string(),
    projectId: z.string().nullable(),
    subject: personSchema,
    before: changedFieldsSchema,
    after: changedFieldsSchema,
  })
  .meta({ id: "AuditRecord" });
export type AuditRecord = z.output<typeof auditRecordSchema>;

export const auditPageSchema = pageSchema(auditRecordSchema);
export type AuditPage = z.output<typeof auditPageSchema>;

const filterFields = {
  /** Undefined: the whole site, for administrators. */
  projectId: idSchema.optional(),
  /** Only entries about this subject, such as a key. */
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
