import { z } from "zod";
import { PERIODS } from "#core/limits/types.ts";
import { RESTRICTION_KINDS } from "#core/restrictions/kinds.ts";
import { VERDICT_CODES } from "#core/verdict.ts";
import { instant, instantOrNull } from "./common.ts";

const environment = z.enum(["live", "test"]);
const refusalCode = z.enum(VERDICT_CODES).exclude(["VALID"]);

const rateLimit = z
  .strictObject({ limit: z.int(), windowSeconds: z.int(), remaining: z.int(), resetMs: z.int() })
  .nullable();
const quota = z
  .strictObject({ limit: z.int(), period: z.enum(PERIODS), remaining: z.int(), resetAt: instant })
  .nullable();

const valid = z.strictObject({
  valid: z.literal(true),
  code: z.literal("VALID"),
  requestId: z.string(),
  keyId: z.string(),
  secretId: z.string(),
  projectId: z.string(),
  name: z.string(),
  environment,
  api: z.string(),
  operation: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  expiresAt: instantOrNull,
  rotation: z.strictObject({ lapsesAt: instant }).nullable(),
  rateLimit,
  quota,
});

const refusal = z.strictObject({
  valid: z.literal(false),
  code: refusalCode,
  message: z.string().describe("One sentence to act on."),
  requestId: z.string(),
  observed: z.record(z.string(), z.string()).describe("What the rule saw."),
  keyId: z.string().optional(),
  projectId: z.string().optional(),
  name: z.string().optional(),
  environment: environment.optional(),
  retryAfterMs: z.int().optional().describe("With a limit: until the same call would pass."),
  rateLimit: rateLimit.optional().describe("With a limit: where it stands."),
  quota: quota.optional(),
});

const rules = z.array(
  z
    .strictObject({
      kind: z.enum(RESTRICTION_KINDS),
      outcome: z.enum(["unrestricted", "allowed", "refused"]),
      code: refusalCode.nullable(),
      matched: z.string().nullable().describe("The entry that let the call through."),
      observed: z.record(z.string(), z.string()),
      words: z.string(),
    })
    .meta({ id: "RuleOutcome" }),
);

/** The verdict that a check would be given, and what each kind of restriction says. */
export const simulated = z
  .discriminatedUnion("valid", [valid.extend({ rules }), refusal.extend({ rules })])
  .meta({ id: "Simulated" });

/** What the holder of a secret is told: the verdict, not whose key it is. */
export const tried = z
  .discriminatedUnion("valid", [
    valid.pick({
      ...{ valid: true, code: true, requestId: true, environment: true },
      ...{ api: true, operation: true, expiresAt: true, rotation: true },
    }),
    refusal.omit({
      ...{ keyId: true, projectId: true, name: true, environment: true },
      ...{ rateLimit: true, quota: true },
    }),
  ])
  .meta({ id: "Tried" });

/** What a check answers: a refusal is a good answer too. */
export const verdict = z.discriminatedUnion("valid", [valid, refusal]).meta({ id: "Verdict" });
