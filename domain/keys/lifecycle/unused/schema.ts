import { z } from "zod";
import { RESTRICTION_KINDS } from "#core/restrictions/kinds.ts";
import { unusedKeysSchema } from "../../../access/policies/schema.ts";
import {
  idSchema,
  instantSchema,
  pageFields,
  pageSchema,
  personSchema,
  proseSchema,
  timestampSchema,
} from "../../../fields.ts";
import { environmentSchema, keySchema, RESTRICTED_FILTERS } from "../../schema.ts";

export const exemptionSchema = z
  .strictObject({ reason: z.string(), until: timestampSchema, by: z.string() })
  .meta({ id: "Exemption" });
/** Until when the policy for unused keys skips a key. */
export type Exemption = z.output<typeof exemptionSchema>;

const unusedKeySchema = keySchema.omit({ restrictions: true, trial: true }).extend({
  /** How many entries of each kind its restrictions have. */
  entries: z.record(z.enum(RESTRICTION_KINDS), z.int()),
  /** Slugs of the APIs that it is restricted to. */
  apis: z.array(z.string()),
  projectName: z.string(),
  /** The project's owners. */
  owners: z.array(personSchema),
  /** The latest of its last use, its creation and the time it was restored or enabled. */
  idleSince: timestampSchema,
  /** Age of the current secret, whole days. */
  secretAgeDays: z.int(),
  exemption: exemptionSchema.nullable(),
});
/** An unused key that is not revoked, with what an administrator needs to know before revoking it. */
export type UnusedKey = z.output<typeof unusedKeySchema>;

const unusedPageSchema = pageSchema(unusedKeySchema).extend({
  /** How many there are, counted up to `MAX_UNUSED_COUNTED`. */
  total: z.int(),
});
export type UnusedPage = z.output<typeof unusedPageSchema>;

export const UNUSED_SORTS = ["idleSince", "-idleSince", "createdAt", "-createdAt"] as const;

/** Days without use. Younger keys are not listed: it is too early to say whether they are used. */
const daysSchema = z.coerce
  .number("Give a number of days.")
  .int("Give a whole number of days.")
  .min(1, "At least 1 day.")
  .max(36_500, "At most 36,500 days.");

/** The filter of unused keys, for the list and for a sweep of all of them. */
export const unusedFilterSchema = z.strictObject({
  unusedForDays: daysSchema.default(90),
  /** Keys that were never used, or only keys that were used before. */
  used: z.enum(["never", "once"]).optional(),
  environment: environmentSchema.optional(),
  restricted: z.enum(RESTRICTED_FILTERS).optional(),
  projectId: idSchema.optional(),
});
export type UnusedFilter = z.output<typeof unusedFilterSchema>;

export const listUnusedSchema = z.strictObject({
  ...unusedFilterSchema.shape,
  ...pageFields,
  /** Default: the longest unused first. */
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

export const dryRunUnusedSchema = z.strictObject({
  /** A draft; the current rule if not given. */
  rule: unusedKeysSchema.optional(),
});
export type DryRunUnusedInput = z.output<typeof dryRunUnusedSchema>;

const stepPreviewSchema = z.strictObject({
  count: z.int(),
  /** Those unused for the longest. */
  first: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      project: z.strictObject({ id: z.string(), name: z.string() }),
      idleSince: timestampSchema,
    }),
  ),
});
/** What one step of the rule would do now. */
export type StepPreview = z.output<typeof stepPreviewSchema>;

export const unusedDryRunSchema = z
  .strictObject({
    warn: stepPreviewSchema,
    disable: stepPreviewSchema,
    revoke: stepPreviewSchema,
    waiting: stepPreviewSchema.describe(
      "Of `warn`: unused for long enough to be disabled or revoked too, which happens at the earliest a week after the warning.",
    ),
  })
  .meta({ id: "UnusedDryRun" });
export type UnusedDryRun = z.output<typeof unusedDryRunSchema>;
