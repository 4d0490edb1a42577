import { z } from "zod";
import { instant, instantOrNull, limits, named, pageOf, person } from "./common.ts";

export const restrictions = z
  .strictObject({
    ips: z.array(z.string()),
    referrers: z.array(z.string()),
    apps: z.strictObject({
      android: z.array(z.strictObject({ package: z.string(), sha1: z.string() })),
      ios: z.array(z.strictObject({ bundleId: z.string() })),
    }),
    apis: z.array(z.strictObject({ api: z.string(), operations: z.array(z.string()) })),
  })
  .meta({ id: "Restrictions" });

const keyFields = {
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  environment: z.enum(["live", "test"]),
  status: z.enum(["active", "disabled", "expired", "revoked"]),
  hint: z.string(),
  createdAt: instant,
  createdBy: person,
  expiresAt: instantOrNull,
  lastUsedAt: instantOrNull,
  revokedAt: instantOrNull,
  endedBy: z
    .enum(["member", "leak", "policy", "admin"])
    .nullable()
    .describe(
      "With a disabled or revoked key: who ended it. Other than by a `member`, only an administrator can enable or restore it, or a rotation where it was disabled for a `leak`.",
    ),
  restorableUntil: instantOrNull,
  restrictions,
  trial: restrictions.nullable(),
  trialSince: instantOrNull,
  limits,
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  secrets: z.array(
    z
      .strictObject({
        id: z.string(),
        hint: z.string(),
        createdAt: instant,
        lapsesAt: instantOrNull,
        lastUsedAt: instantOrNull,
      })
      .meta({ id: "Secret" }),
  ),
};
export const key = z.strictObject(keyFields).meta({ id: "Key" });
export const keyPage = z.strictObject({ ...pageOf(key).shape, total: z.int() });
export const keyWithSecret = z.strictObject({
  key,
  secret: z.string().describe("Shown this once."),
});

export const adminKeyPage = pageOf(
  z.strictObject({ ...keyFields, projectName: z.string() }).meta({ id: "AdminKey" }),
);
export const revokeKeysResult = z.strictObject({
  revoked: z.array(z.string()),
  failed: z.array(
    z.strictObject({
      id: z.string(),
      code: z.enum(["invalid", "unauthenticated", "forbidden", "not-found", "conflict", "too-many"]),
    }),
  ),
});

export const usage = z
  .strictObject({
    interval: z.enum(["minute", "hour", "day"]),
    from: instant,
    to: instant,
    series: z.array(
      z.strictObject({
        group: z.string(),
        label: z.string(),
        points: z.array(z.tuple([z.number(), z.number()])),
        total: z.number(),
      }),
    ),
    total: z.number(),
  })
  .meta({ id: "Usage" });

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
      "Of `warn`: unused for long enough to be switched off or revoked as well, which comes a week after the warning at the earliest.",
    ),
  })
  .meta({ id: "UnusedDryRun" });

export const leakList = z.strictObject({
  items: z.array(
    z
      .strictObject({
        id: z.string(),
        time: instant,
        hint: z.string(),
        source: z.enum(["github", "scanner", "public"]),
        url: z.string(),
        works: z.boolean(),
        alive: z.boolean(),
      })
      .meta({ id: "Leak" }),
  ),
});
