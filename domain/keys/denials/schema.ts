import { z } from "zod";
import { VERDICT_CODES } from "#core/verdict.ts";
import { idSchema, instantSchema, pageFields } from "../../fields.ts";

export const denialCodeSchema = z.enum(VERDICT_CODES).exclude(["VALID"]);

export const listDenialsSchema = z.strictObject({
  projectId: idSchema,
  ...pageFields,
  keyId: idSchema.optional(),
  code: denialCodeSchema.optional(),
  /** Undefined: 30 days before `to`. */
  from: instantSchema.optional(),
  /** Exclusive. Undefined: now. */
  to: instantSchema.optional(),
  /** What the trial sets of now would have refused, instead of what was refused. */
  trial: z.stringbool().or(z.boolean()).default(false),
});
export type ListDenialsInput = z.output<typeof listDenialsSchema>;
