import { z } from "zod";
import { idSchema, pageFields, proseSchema } from "../../../fields.ts";
import { unusedFilterSchema } from "../unused/schema.ts";

/** More are chosen by filter. */
const MAX_SELECTED = 50_000;

export const previewSweepSchema = z.strictObject({
  filter: unusedFilterSchema,
  /** These of those that match; all of them but exempt ones where it is left out. */
  keyIds: z
    .array(idSchema)
    .min(1, "Choose at least one key.")
    .max(MAX_SELECTED, `At most ${MAX_SELECTED.toLocaleString("en")} at once.`)
    .optional(),
  /** Told to the owners, and kept in the audit log of each key. */
  reason: proseSchema(500).min(1, "Enter a reason: the owners will see it."),
});
export type PreviewSweepInput = z.output<typeof previewSweepSchema>;

export const sweepRefSchema = z.strictObject({ sweepId: idSchema });
export type SweepRef = z.output<typeof sweepRefSchema>;

export const listSweptSchema = z.strictObject({
  sweepId: idSchema,
  ...pageFields,
  state: z.enum(["waiting", "revoked", "used", "failed", "restored"]).optional(),
});
export type ListSweptInput = z.output<typeof listSweptSchema>;

export const listSweepsSchema = z.strictObject({ ...pageFields });
export type ListSweepsInput = z.output<typeof listSweepsSchema>;
