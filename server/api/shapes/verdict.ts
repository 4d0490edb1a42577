import { z } from "zod";
import { VERDICT_CODES } from "#core/verdict.ts";
import { instant, instantOrNull } from "./common.ts";

const environment = z.enum(["live", "test"]);
const refusalCode = z.enum(VERDICT_CODES).exclude(["VALID"]);

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
  rateLimit: z.null(),
  quota: z.null(),
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
});

/** What a check answers: a refusal is a good answer too. */
export const verdict = z.discriminatedUnion("valid", [valid, refusal]).meta({ id: "Verdict" });
