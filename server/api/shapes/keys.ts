import { z } from "zod";
import { instant, instantOrNull, named } from "./common.ts";

const secretTraffic = z.strictObject({
  id: z.string(),
  hint: z.string(),
  lastUsedAt: instantOrNull,
  lastHour: z.int(),
  minutes: z.array(z.int()),
  total: z.int(),
});

export const rotation = z
  .strictObject({
    rotation: z
      .strictObject({
        rotatedAt: instant,
        longestUntil: instant,
        older: secretTraffic.extend({ lapsesAt: instant }),
        current: secretTraffic,
        senders: z.array(
          z.strictObject({
            kind: z.enum(["address", "origin", "app"]),
            value: z.string(),
            values: z.int(),
            count: z.int(),
            lastSeenAt: instant,
          }),
        ),
        operations: z.array(
          z.strictObject({ api: z.string(), operation: z.string(), count: z.int(), lastSeenAt: instant }),
        ),
      })
      .nullable(),
  })
  .meta({ id: "Rotation" });

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
