import { z } from "zod";
import { formatNumber } from "#core/format.ts";
import { proseSchema, timestampSchema } from "../../fields.ts";

/** A secret of a key that was found in public. */
const leakSchema = z
  .strictObject({
    id: z.string(),
    time: timestampSchema,
    hint: z.string(),
    source: z.enum(["github", "scanner", "public"]),
    /** Empty if unknown. */
    url: z.string(),
    /** Whether that secret still works. */
    works: z.boolean(),
    /**
     * Whether the secret works or could work again: it has no end, and the key is active or could be enabled or
     * restored.
     */
    alive: z.boolean(),
  })
  .meta({ id: "Leak" });

export type Leak = z.output<typeof leakSchema>;

export const leakListSchema = z.strictObject({ items: z.array(leakSchema) });
export type LeakList = z.output<typeof leakListSchema>;

/** How many findings one report may have. */
const MAX_REPORTED = 1_000;

/** A missing description is no reason to reject a report, so it is read as an empty text. */
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

/**
 * A token that was found, and where. It is looked up and not stored. Lenient on purpose: otherwise someone
 * who chooses the path of a scanned file could make the whole report invalid.
 */
export const reportedTokenSchema = z.object({
  token: z.string("Give the token that was found.").trim(),
  /** The kind of token, according to the scanner; ignored. */
  type: optionalText,
  url: optionalText,
  /** Where the scanner found it; ignored. */
  source: optionalText,
});
export type ReportedToken = z.output<typeof reportedTokenSchema>;

export const reportLeaksSchema = z.strictObject({
  found: z
    .array(reportedTokenSchema)
    .min(1, "Report at least one.")
    .max(MAX_REPORTED, `At most ${formatNumber(MAX_REPORTED)} at once.`),
});
export type ReportLeaksInput = z.output<typeof reportLeaksSchema>;

export const reportFoundKeySchema = z.strictObject({
  /** The key, or a text that contains it: every token in the text is reported. */
  key: z.string("Paste the key.").trim().min(1, "Paste the key.").max(16_384, "At most 16,384 characters."),
  where: proseSchema(2_000).default(""),
});
export type ReportFoundKeyInput = z.output<typeof reportFoundKeySchema>;
