import { z } from "zod";
import { idSchema, instantSchema, pageFields, proseSchema } from "../../../fields.ts";
import { environmentSchema, RESTRICTED_FILTERS } from "../../schema.ts";

export const UNUSED_SORTS = ["idleSince", "-idleSince", "createdAt", "-createdAt"] as const;

/** How long nobody may have used a key, days; a key younger than that can't be judged and is not listed. */
const daysSchema = z.coerce
  .number("Give a number of days.")
  .int("Give a whole number of days.")
  .min(1, "At least 1 day.")
  .max(36_500, "At most 36,500 days.");

/** Which unused keys: what the list shows, and what a sweep of all of them takes. */
export const unusedFilterSchema = z.strictObject({
  unusedForDays: daysSchema.default(90),
  /** Keys that were never used, or only those that were once. */
  used: z.enum(["never", "once"]).optional(),
  environment: environmentSchema.optional(),
  restricted: z.enum(RESTRICTED_FILTERS).optional(),
  projectId: idSchema.optional(),
});
export type UnusedFilter = z.output<typeof unusedFilterSchema>;

export const listUnusedSchema = z.strictObject({
  ...unusedFilterSchema.shape,
  ...pageFields,
  /** The longest unused first, unless said otherwise. */
  sort: z.enum(UNUSED_SORTS).default("idleSince"),
});
export type ListUnusedInput = z.output<typeof listUnusedSchema>;

export const exemptKeySchema = z.strictObject({
  keyId: idSchema,
  /** Why it may stay unused. */
  reason: proseSchema(500).min(1, "Say why."),
  until: instantSchema,
});
export type ExemptKeyInput = z.output<typeof exemptKeySchema>;

export const endExemptionSchema = z.strictObject({ keyId: idSchema });
export type EndExemptionInput = z.output<typeof endExemptionSchema>;
