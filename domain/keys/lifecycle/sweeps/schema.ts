import { z } from "zod";
import { formatNumber } from "#core/format.ts";
import {
  idSchema,
  pageFields,
  pageSchema,
  personSchema,
  proseSchema,
  timestampSchema,
} from "../../../fields.ts";
import { unusedFilterSchema } from "../unused/schema.ts";

const SWEPT_STATES = ["waiting", "revoked", "used", "failed", "restored"] as const;

const sweepSchema = z.strictObject({
  id: z.string(),
  state: z.enum(["preview", "running", "done", "undoing", "undone"]),
  createdAt: timestampSchema,
  createdBy: personSchema,
  startedBy: personSchema.nullable(),
  undoneBy: personSchema.nullable(),
  unusedForDays: z.int(),
  reason: z.string(),
  startedAt: timestampSchema.nullable(),
  /** When the last key was processed; with `undone`, restored. */
  endedAt: timestampSchema.nullable(),
  /** With `done`: until when it can be undone. */
  undoableUntil: timestampSchema.nullable(),
  /** How many of its keys are in each state. */
  keys: z.record(z.enum(SWEPT_STATES), z.int()),
  /** How many projects these keys are in. */
  projects: z.int(),
});
/** A bulk revocation of unused keys. */
export type Sweep = z.output<typeof sweepSchema>;

const sweptKeySchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  project: z.strictObject({ id: z.string(), name: z.string() }),
  state: z.enum(SWEPT_STATES),
  /** Its last use when the sweep was previewed. */
  lastUsedAt: timestampSchema.nullable(),
  /** Why it was skipped, or restored disabled. */
  note: z.string().nullable(),
});
/** A key of a sweep, and its result. */
export type SweptKey = z.output<typeof sweptKeySchema>;

const sweptPageSchema = pageSchema(sweptKeySchema);
export type SweptPage = z.output<typeof sweptPageSchema>;

/** Larger selections use the filter. */
const MAX_SELECTED = 50_000;

export const previewSweepSchema = z.strictObject({
  filter: unusedFilterSchema,
  /** The selected keys among those that match. Default: all that match, except exempt ones. */
  keyIds: z
    .array(idSchema)
    .min(1, "Choose at least one key.")
    .max(MAX_SELECTED, `At most ${formatNumber(MAX_SELECTED)} at once.`)
    .optional(),
  /** Sent to the owners, and recorded in the audit log of each key. */
  reason: proseSchema(500).min(1, "Enter a reason: the owners will see it."),
});
export type PreviewSweepInput = z.output<typeof previewSweepSchema>;

export const sweepRefSchema = z.strictObject({ sweepId: idSchema });
export type SweepRef = z.output<typeof sweepRefSchema>;

export const listSweptSchema = z.strictObject({
  sweepId: idSchema,
  ...pageFields,
  state: z.enum(SWEPT_STATES).optional(),
});
export type ListSweptInput = z.output<typeof listSweptSchema>;

export const listSweepsSchema = z.strictObject({ ...pageFields });
export type ListSweepsInput = z.output<typeof listSweepsSchema>;
