import { z } from "zod";
import { idSchema } from "../../fields.ts";
import { restrictionsSchema } from "../schema.ts";

const text = z.string().max(2_000);
const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item).max(1_000, "At most 1,000 at once.").default([]);

/** A set as somebody types it: any texts, for each is told what it means or what is wrong with it. */
export const draftRestrictionsSchema = z.strictObject({
  ips: list(text),
  referrers: list(text),
  apps: z
    .strictObject({
      android: list(z.strictObject({ package: text, sha1: text })),
      ios: list(z.strictObject({ bundleId: text })),
    })
    .default({ android: [], ios: [] }),
  apis: list(z.strictObject({ api: text, operations: list(text) })),
});

export const explainEntriesSchema = z.strictObject({
  projectId: idSchema,
  restrictions: draftRestrictionsSchema,
});
export type ExplainEntriesInput = z.output<typeof explainEntriesSchema>;

/** How far back a draft is held against what was called; what is kept reaches back a month. */
const daysSchema = z.coerce
  .number("Give a number of days.")
  .int("Give whole days.")
  .min(1, "At least 1.")
  .max(30, "At most 30.");

export const dryRunSchema = z.strictObject({
  projectId: idSchema,
  keyId: idSchema,
  restrictions: restrictionsSchema,
  days: daysSchema.default(7),
});
export type DryRunInput = z.output<typeof dryRunSchema>;

export const suggestSchema = z.strictObject({
  projectId: idSchema,
  keyId: idSchema,
  /** Percent of the checks that may be refused by it. */
  leaveOutRarest: z.coerce
    .number("Give a percentage.")
    .min(0, "Not below 0.")
    .max(5, "At most 5.")
    .default(0),
});
export type SuggestInput = z.output<typeof suggestSchema>;
