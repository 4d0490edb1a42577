import { z } from "zod";
import { proseSchema } from "../schemas.ts";

/** One call's worth. */
export const FOUND_MOST = 1_000;

const tokenSchema = z
  .string("Paste the key.")
  .trim()
  .min(1, "Paste the key.")
  .max(512, "At most 512 characters.");

/** A token that was found, and where. It is looked up and forgotten. */
export const foundSchema = z.object({
  token: tokenSchema,
  /** What kind the scanner takes it for; not looked at. */
  type: z.string().max(200).optional(),
  url: z.string().max(2_000).default(""),
  /** Where the scanner looked; not looked at. */
  source: z.string().max(200).optional(),
});
export type Found = z.output<typeof foundSchema>;

export const reportLeaksSchema = z.strictObject({
  found: z
    .array(foundSchema)
    .min(1, "Report at least one.")
    .max(FOUND_MOST, `At most ${FOUND_MOST} at once.`),
});
export type ReportLeaksInput = z.output<typeof reportLeaksSchema>;

export const reportFoundKeySchema = z.strictObject({
  key: tokenSchema,
  where: proseSchema(2_000).default(""),
});
export type ReportFoundKeyInput = z.output<typeof reportFoundKeySchema>;
