import { z } from "zod";
import type { StatementLine } from "#core/plans/statement.ts";
import { idSchema, timestampSchema } from "../../fields.ts";

const lineSchema = z
  .strictObject({
    kind: z
      .enum(["usage", "fee", "late"])
      .describe(
        "Usage of an operation; the monthly price of a plan; or usage of an earlier month that was counted after its statement was closed.",
      ),
    month: z.string().nullable().describe("With `late`: the earlier month."),
    /** Slug of the API. */
    api: z.string(),
    plan: z
      .strictObject({ slug: z.string(), name: z.string(), version: z.int() })
      .nullable()
      .describe("Null without a plan."),
    trial: z.boolean().describe("Whether it is free, because the plan is in its trial."),
    operation: z
      .string()
      .nullable()
      .describe("Empty for requests without a known operation; null for a fee."),
    requests: z.int().describe("Allowed requests."),
    units: z.int(),
    included: z.int().describe("Units that the plan includes; all without a plan."),
    over: z.int().describe("Units beyond the included ones."),
    price: z.string().nullable().describe("Per 1,000 units over, or per month for a fee."),
    currency: z.string().nullable(),
    amount: z
      .string()
      .nullable()
      .describe("Decimal, rounded half up to the currency's minor unit; null without a price."),
  })
  .meta({ id: "StatementLine" }) satisfies z.ZodType<StatementLine>;

/** The requests and units of a project in a calendar month (UTC), and what its plans say that they cost. */
export const statementSchema = z
  .strictObject({
    projectId: z.string(),
    projectName: z.string(),
    month: z.string(),
    status: z
      .enum(["provisional", "closed"])
      .describe("A month is closed 48 hours after its end. Then its statement never changes."),
    closesAt: timestampSchema,
    lines: z.array(lineSchema),
    total: z.strictObject({
      requests: z.int(),
      units: z.int(),
      amounts: z.array(z.strictObject({ currency: z.string(), amount: z.string() })),
    }),
  })
  .meta({ id: "Statement" });
export type Statement = z.output<typeof statementSchema>;

export const readStatementSchema = z.strictObject({
  projectId: idSchema,
  /** The verb checks it after the caller's rights, so that a stranger learns nothing from the error. */
  month: idSchema.describe("A calendar month in UTC, such as `2026-11`."),
});
export type ReadStatementInput = z.output<typeof readStatementSchema>;
