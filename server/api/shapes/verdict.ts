import { z } from "zod";
import { PERIODS } from "#core/limits/types.ts";
import { RESTRICTION_KINDS } from "#core/restrictions/kinds.ts";
import { VERDICT_CODES } from "#core/verdict.ts";
import { instant, instantOrNull } from "./common.ts";

const environment = z.enum(["live", "test"]);
const denialCode = z.enum(VERDICT_CODES).exclude(["VALID"]);

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

const denied = z.strictObject({
  valid: z.literal(false),
  code: denialCode,
  message: z.string().describe("One sentence that says what to do."),
  requestId: z.string(),
  observed: z.record(z.string(), z.string()).describe("The values that the rule checked."),
  keyId: z.string().optional(),
  projectId: z.string().optional(),
  name: z.string().optional(),
  environment: environment.optional(),
  retryAfterMs: z.int().optional().describe("For a limit: the time until the same request would be allowed."),
  rateLimit: rateLimit.optional().describe("For a limit: its current state."),
  quota: quota.optional(),
});

const rules = z.array(
  z
    .strictObject({
      kind: z.enum(RESTRICTION_KINDS),
      outcome: z.enum(["unrestricted", "allowed", "refused"]),
      code: denialCode.nullable(),
      matched: z.string().nullable().describe("The entry that allowed the request."),
      observed: z.record(z.string(), z.string()),
      words: z.string(),
    })
    .meta({ id: "RuleOutcome" }),
);

/** The verdict on a simulated request, and the outcome of each kind of restriction. */
export const simulated = z
  .discriminatedUnion("valid", [valid.extend({ rules }), denied.extend({ rules })])
  .meta({ id: "Simulated" });

/** The verdict for anyone who holds a secret: without the key's id, project and name. */
export const tried = z
  .discriminatedUnion("valid", [
    valid.pick({
      ...{ valid: true, code: true, requestId: true, environment: true },
      ...{ api: true, operation: true, expiresAt: true, rotation: true },
    }),
    denied.omit({
      ...{ keyId: true, projectId: true, name: true, environment: true },
      ...{ rateLimit: true, quota: true },
    }),
  ])
  .meta({ id: "Tried" });

/** The answer to a verification request. A denied request also has status 200. */
export const verdict = z.discriminatedUnion("valid", [valid, denied]).meta({ id: "Verdict" });
