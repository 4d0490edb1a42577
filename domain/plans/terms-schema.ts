import { z } from "zod";
import { formatNumber } from "#core/format.ts";
import { PERIODS } from "#core/limits/types.ts";
import { OVERAGES } from "#core/plans/terms.ts";
import { operationNameSchema } from "../catalog/apis/schema.ts";
import { SLUG } from "../fields.ts";
import { MAX_QUOTA, MAX_RATE } from "../keys/limits/schema.ts";

/** Maximum number of limits of a plan, and of patterns with units. */
const MAX_LIMITS = 10;
const MAX_UNIT_PATTERNS = 200;
/** Maximum number of units of one call, before its `cost` multiplies them. */
const MAX_UNITS = 1_000;

/** Names that header fields and verdicts use for other limits. */
const RESERVED = ["default", "quota", "included"];

const patternSchema = z
  .string()
  .trim()
  .max(200, "At most 200 characters.")
  .refine(
    (pattern) => pattern === "*" || operationNameSchema.safeParse(pattern.replace(/\*$/, "")).success,
    "Name an operation, or end with a star: badges.*",
  );

const limitNameSchema = z
  .string("Give the limit a name.")
  .trim()
  .max(40, "At most 40 characters.")
  .regex(SLUG, "Use lower-case letters, digits and single hyphens between them, a letter first: per-minute.")
  .refine((name) => !RESERVED.includes(name), "This name is reserved. Choose another one.");

const rateSchema = z.strictObject({
  limit: z.int().min(1).max(MAX_RATE.limit),
  windowSeconds: z.int().min(1).max(MAX_RATE.windowSeconds),
});
const quotaSchema = z.strictObject({ limit: z.int().min(1).max(MAX_QUOTA), period: z.enum(PERIODS) });

const planLimitSchema = z
  .strictObject({
    name: limitNameSchema,
    operations: patternSchema
      .nullable()
      .default(null)
      .transform((pattern) => (pattern === "*" ? null : pattern))
      .describe("An operation, or those that begin like this if it ends in `*`. Null for all operations."),
    rate: rateSchema.nullable().default(null),
    quota: quotaSchema.nullable().default(null),
  })
  .refine(({ rate, quota }) => (rate === null) !== (quota === null), {
    error: "Give a rate or a quota. A plan can have several limits.",
    path: ["rate"],
  });

const limitsSchema = z
  .array(planLimitSchema)
  .max(MAX_LIMITS, `At most ${MAX_LIMITS} limits.`)
  .superRefine((limits, context) => {
    const seen = new Set<string>();
    for (const [index, { name, operations, rate, quota }] of limits.entries()) {
      const counts = `counts ${operations ?? ""} ${rate ? rate.windowSeconds : quota?.period}`;
      if (seen.has(name)) {
        context.addIssue({ code: "custom", path: [index, "name"], message: `“${name}” is listed twice.` });
      }
      if (seen.has(counts)) {
        const message = "Another limit counts the same operations over the same time. Keep the lower one.";
        context.addIssue({ code: "custom", path: [index], message });
      }
      seen.add(name).add(counts);
    }
  });

/** A record would silently drop these: the name `__proto__`, and a name that differs from another in spaces only. */
function rejectLostPatterns(value: unknown, { issues }: z.RefinementCtx): unknown {
  if (typeof value !== "object" || value === null) return value;
  const seen = new Set<string>();
  for (const name of Object.keys(value)) {
    const pattern = name.trim();
    const message = pattern === "__proto__" ? "This name can't be used." : "This pattern is listed twice.";
    if (pattern === "__proto__" || seen.has(pattern))
      issues.push({ code: "custom", path: [name], message, input: value });
    seen.add(pattern);
  }
  return value;
}

const unitsSchema = z
  .preprocess(
    rejectLostPatterns,
    z
      .record(
        patternSchema,
        z
          .int()
          .min(0)
          .max(MAX_UNITS, `At most ${formatNumber(MAX_UNITS)} units.`),
      )
      .refine(
        (units) => Object.keys(units).length <= MAX_UNIT_PATTERNS,
        `At most ${MAX_UNIT_PATTERNS} patterns.`,
      ),
  )
  .describe(
    "Units of a call by its operation, or by pattern with `*` at the end: the longest pattern that matches applies. 0 is free, and 1 applies without an entry. The `cost` of a verification multiplies them.",
  );

/** An amount in decimal notation; a number is accepted too. Up to 9 digits before and 6 behind the point. */
const amountSchema = z
  .union([z.string(), z.number()], "Give an amount, such as 49 or 0.25.")
  .transform((amount) => String(amount).trim())
  .pipe(z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, "Give an amount, such as 49 or 0.25."));

const priceSchema = z
  .strictObject({
    currency: z
      .string("Give a currency.")
      .trim()
      .toUpperCase()
      .refine(
        (code) => /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf("currency").includes(code),
        "Give a currency code, such as EUR.",
      ),
    monthly: amountSchema.default("0"),
    perThousand: amountSchema.default("0").describe("Per 1,000 units over the included ones."),
  })
  .describe("Information only: the portal takes no payments.");

const includedUnitsSchema = z.int().min(0).max(MAX_QUOTA).nullable();
const trialDaysSchema = z.int().min(1).max(365).nullable();

/** The terms of a plan as they are entered. */
export const termsInput = {
  limits: limitsSchema,
  unitsPerOperation: unitsSchema,
  includedUnits: includedUnitsSchema.describe("Units per calendar month (UTC); null if all are included."),
  overage: z
    .enum(OVERAGES, "Choose block or allow.")
    .describe("Whether requests are denied once the included units are used up."),
  trialDays: trialDaysSchema.describe(
    "How long a project's first subscription to the plan is free of charge, days.",
  ),
  price: priceSchema.nullable(),
};

/** The terms of a plan in a response. */
export const termsFields = {
  ...termsInput,
  limits: z.array(
    z.strictObject({
      name: z.string(),
      operations: z.string().nullable(),
      rate: z.strictObject({ limit: z.int(), windowSeconds: z.int() }).nullable(),
      quota: z.strictObject({ limit: z.int(), period: z.enum(PERIODS) }).nullable(),
    }),
  ),
  unitsPerOperation: z.record(z.string(), z.int()),
  price: z
    .strictObject({ currency: z.string(), monthly: z.string(), perThousand: z.string() })
    .nullable()
    .describe("Information only: the portal takes no payments."),
} as const;
