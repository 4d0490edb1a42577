import { z } from "zod";
import { idSchema, pageFields, proseSchema } from "../../../schemas.ts";
import { unusedFilterSchema } from "../unused/schemas.ts";

/** More are chosen by filter. */
const CHOSEN_MOST = 50_000;

export const previewSweepSchema = z.strictObject({
  filter: unusedFilterSchema,
  /** These of those that match; all of them but exempt ones where it is left out. */
  keyIds: z
    .array(idSchema)
    .min(1, "Choose at least one key.")
    .max(CHOSEN_MOST, `At most ${CHOSEN_MOST.toLocaleString("en")} at once.`)
    .optional(),
  /** Told to the owners, and kept in the audit log of each key. */
  reason: proseSchema(500).min(1, "Say why: the owners read it."),
});
export type PreviewSweepInput = z.output<typeof previewSweepSchema>;

export const sweepSchema = z.strictObject({ sweepId: idSchema });
export type SweepInput = z.output<typeof sweepSchema>;

export const listSweptSchema = z.strictObject({
  sweepId: idSchema,
  ...pageFields,
  state: z.enum(["waiting", "revoked", "used", "failed", "restored"]).optional(),
});
export type ListSweptInput = z.output<typeof listSweptSchema>;

export const listSweepsSchema = z.strictObject({ ...pageFields });
export type ListSweepsInput = z.output<typeof listSweepsSchema>;
