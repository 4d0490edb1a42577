import { z } from "zod";
import { instant, instantOrNull, named } from "./common.ts";

export const exemption = z
  .strictObject({ reason: z.string(), until: instant, by: z.string() })
  .meta({ id: "Exemption" });

const stepPreview = z.strictObject({
  count: z.int(),
  first: z.array(z.strictObject({ id: z.string(), name: z.string(), project: named, idleSince: instant })),
});
export const unusedDryRun = z
  .strictObject({
    warn: stepPreview,
    disable: stepPreview,
    revoke: stepPreview,
    waiting: stepPreview.describe(
      "Of `warn`: unused for long enough to be disabled or revoked too, which happens at the earliest a week after the warning.",
    ),
  })
  .meta({ id: "UnusedDryRun" });
