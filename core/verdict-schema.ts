import { z } from "zod";
import { PERIODS } from "./limits/types.ts";
import { RESTRICTION_KINDS } from "./restrictions/kinds.ts";
import { VERDICT_CODES } from "./verdict.ts";

/** The schemas of verdicts, apart from `verdict.ts` so that pages can import its codes without zod. */

const environmentSchema = z.enum(["live", "test"]);
const denialCodeSchema = z.enum(VERDICT_CODES).exclude(["VALID"]);
const instantSchema = z.iso.datetime();

/** Of a limit that belongs to a plan. */
const policySchema = z
  .strictObject({ plan: z.string(), name: z.string() })
  .optional()
  .describe("The plan and the name of its limit, if the limit belongs to a plan.");

const rateLimitStateSchema = z.strictObject({
  limit: z.int(),
  windowSeconds: z.int(),
  remaining: z.int(),
  /** How long until the oldest used units become available again, ms. */
  resetMs: z.int(),
  policy: policySchema,
});
export type RateLimitState = z.output<typeof rateLimitStateSchema>;

const quotaStateSchema = z.strictObject({
  limit: z.int(),
  period: z.enum(PERIODS),
  remaining: z.int(),
  resetAt: instantSchema,
  policy: policySchema,
});
export type QuotaState = z.output<typeof quotaStateSchema>;

export const validVerdictSchema = z.strictObject({
  valid: z.literal(true),
  code: z.literal("VALID"),
  requestId: z.string(),
  keyId: z.string(),
  secretId: z.string(),
  projectId: z.string(),
  name: z.string(),
  environment: environmentSchema,
  api: z.string(),
  operation: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  description: z.string(),
  tags: z.array(z.string()),
  externalId: z.string().nullable().describe("The ID of the customer, tenant or app in your own system."),
  scopes: z
    .array(z.string())
    .readonly()
    .describe(
      "The scopes that the key has for the API: all that the API declares unless it is limited to some.",
    ),
  expiresAt: instantSchema.nullable(),
  rotation: z.strictObject({ lapsesAt: instantSchema }).nullable(),
  rateLimit: rateLimitStateSchema.nullable(),
  quota: quotaStateSchema.nullable(),
});
export type ValidVerdict = z.output<typeof validVerdictSchema>;

export const deniedVerdictSchema = z.strictObject({
  valid: z.literal(false),
  code: denialCodeSchema,
  message: z.string().describe("One sentence that says what to do."),
  requestId: z.string(),
  /** Never the list that they were compared with. */
  observed: z.record(z.string(), z.string()).describe("The values that the rule checked."),
  keyId: z.string().optional(),
  projectId: z.string().optional(),
  name: z.string().optional(),
  environment: environmentSchema.optional(),
  retryAfterMs: z.int().optional().describe("For a limit: the time until the same request would be allowed."),
  rateLimit: rateLimitStateSchema.nullable().optional().describe("For a limit: its current state."),
  quota: quotaStateSchema.nullable().optional(),
});
export type DeniedVerdict = z.output<typeof deniedVerdictSchema>;

/** The answer to a verification request. A denied request also has status 200. */
export const verdictSchema = z
  .discriminatedUnion("valid", [validVerdictSchema, deniedVerdictSchema])
  .meta({ id: "Verdict" });
export type Verdict = z.output<typeof verdictSchema>;

export const ruleOutcomeSchema = z
  .strictObject({
    kind: z.enum(RESTRICTION_KINDS),
    outcome: z.enum(["unrestricted", "allowed", "refused"]),
    code: denialCodeSchema.nullable(),
    matched: z.string().nullable().describe("The entry that allowed the request."),
    observed: z.record(z.string(), z.string()),
    words: z.string(),
  })
  .meta({ id: "RuleOutcome" });
/** The outcome of one kind of restriction for a request. */
export type RuleOutcome = z.output<typeof ruleOutcomeSchema>;
