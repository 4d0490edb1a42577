"use server";

import { previewSweep as preview } from "#domain/keys/lifecycle/sweeps/preview.ts";
import { previewSweepSchema, sweepRefSchema } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { startSweep as start, undoSweep as undo } from "#domain/keys/lifecycle/sweeps/start.ts";
import { endExemption as end, exemptKey as exempt } from "#domain/keys/lifecycle/unused/exempt.ts";
import { endExemptionSchema, exemptKeySchema } from "#domain/keys/lifecycle/unused/schema.ts";
import { action } from "#server/action.ts";

/** The page is not rendered again: the user goes on to the preview. */
export const previewSweep = action(previewSweepSchema, preview, { revalidate: false });
export const startSweep = action(sweepRefSchema, start);
export const undoSweep = action(sweepRefSchema, undo);
export const exemptKey = action(exemptKeySchema, exempt);
export const endExemption = action(endExemptionSchema, end);
