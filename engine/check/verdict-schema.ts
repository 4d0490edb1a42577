import { z } from "zod";
import { PERIODS } from "#core/limits/types.ts";
import { VERDICT_CODES } from "#core/verdict.ts";

const instant = z.iso.datetime();
const environment = z.enum(["live", "test"]);
export const denialCode = z.enum(VERDICT_CODES).exclude(["VALID"]);

const rateLimit = z
  .strictObject({ limit: z.int(), windowSeconds: z.int(), remaining: z.int(), resetMs: z.int() })
  .nullable();
const quota = z
  .strictObject({ limit: z.int(), period: z.enum(PERIODS), remaining: z.int(), resetAt: instant })
  .nullable();

export const valid = z.strictObject({
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
  expiresAt: instant.nullable(),
  rotation: z.strictObject({ lapsesAt: instant }).nullable(),
  rateLimit,
  quota,
});

export const denied = z.strictObject({
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

/** The answer to a verification request. A denied request also has status 200. */
export const verdict = z.discriminatedUnion("valid", [valid, denied]).meta({ id: "Verdict" });
