import { z } from "zod";
import { proseSchema } from "../../fields.ts";

/** One call's worth of one's own scanner. */
const MAX_REPORTED = 1_000;

/** Nobody's word on a token is a reason to turn it away: what isn't said is empty. */
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

/**
 * A token that was found, and where. It is looked up and forgotten. Lenient on purpose: whoever chooses a path
 * could else keep the report of what stands beside it from being read.
 */
export const reportedTokenSchema = z.object({
  token: z.string("Give the token that was found.").trim(),
  /** What kind the scanner takes it for; not looked at. */
  type: optionalText,
  url: optionalText,
  /** Where the scanner looked; not looked at. */
  source: optionalText,
});
export type ReportedToken = z.output<typeof reportedTokenSchema>;

export const reportLeaksSchema = z.strictObject({
  found: z
    .array(reportedTokenSchema)
    .min(1, "Report at least one.")
    .max(MAX_REPORTED, `At most ${MAX_REPORTED} at once.`),
});
export type ReportLeaksInput = z.output<typeof reportLeaksSchema>;

export const reportFoundKeySchema = z.strictObject({
  /** The key, or the text that it was found in: each token in it counts. */
  key: z.string("Paste the key.").trim().min(1, "Paste the key.").max(16_384, "At most 16,384 characters."),
  where: proseSchema(2_000).default(""),
});
export type ReportFoundKeyInput = z.output<typeof reportFoundKeySchema>;
