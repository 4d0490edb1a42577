import { z } from "zod";
import { type Limits, PERIODS } from "#core/limits/types.ts";
import { idSchema, timestampSchema } from "../../fields.ts";

/** A limit's bounds (docs/integrate/limits.md). */
export const MAX_RATE = { limit: 1_000_000, windowSeconds: 86_400 };
export const MAX_QUOTA = 1_000_000_000_000;

export const limitsSchema = z.strictObject({
  rate: z.strictObject({ limit: z.int(), windowSeconds: z.int() }).nullable(),
  quota: z.strictObject({ limit: z.int(), period: z.enum(PERIODS) }).nullable(),
});

/** A kind that is left out is not limited. */
export const limitsInputSchema = z.strictObject({
  rate: z
    .strictObject({
      limit: z.int().min(1).max(MAX_RATE.limit),
      windowSeconds: z.int().min(1).max(MAX_RATE.windowSeconds),
    })
    .nullable()
    .default(null),
  quota: z
    .strictObject({ limit: z.int().min(1).max(MAX_QUOTA), period: z.enum(PERIODS) })
    .nullable()
    .default(null),
});

/** Limits as the database stores them: null where nothing is limited. */
export function storedLimits({ rate, quota }: Limits): Limits | null {
  return rate === null && quota === null ? null : { rate, quota };
}

const limitScopeSchema = z.enum(["key", "project", "ceiling", "plan"]);

const policySchema = z
  .strictObject({
    api: z.string(),
    plan: z.string(),
    name: z.string(),
    operations: z.string().nullable().describe("Null for all operations."),
  })
  .nullable()
  .describe("The limit's name and what it counts, for a limit of a plan.");

const quotaMeterSchema = z.strictObject({
  scope: limitScopeSchema,
  policy: policySchema,
  limit: z.int(),
  period: z.enum(PERIODS),
  used: z.int(),
  resetAt: timestampSchema,
  forecast: z.int().describe("Expected units at the end of the period, at the rate of the last day or week."),
  fullAt: timestampSchema
    .nullable()
    .describe("When the quota will be used up at that rate; null if it lasts."),
});
export type QuotaMeter = z.output<typeof quotaMeterSchema>;

export const limitMetersSchema = z
  .strictObject({
    rates: z.array(
      z.strictObject({
        scope: limitScopeSchema,
        policy: policySchema,
        limit: z.int(),
        windowSeconds: z.int(),
      }),
    ),
    quotas: z.array(quotaMeterSchema),
    refused: z
      .strictObject({ rate: z.int(), quota: z.int() })
      .describe("Requests denied by limits in the last 24 hours."),
  })
  .meta({ id: "LimitMeters" });
export type LimitMeters = z.output<typeof limitMetersSchema>;

export const readLimitMetersSchema = z.strictObject({ projectId: idSchema, keyId: idSchema.optional() });
export type ReadLimitMetersInput = z.output<typeof readLimitMetersSchema>;
