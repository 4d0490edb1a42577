import { z } from "zod";
import { verdictSchema } from "#core/verdict-schema.ts";
import type { DescribedRoute } from "#platform/openapi/described-route.ts";
import { checkInputSchema, MAX_CHECK_BODY_BYTES } from "./check-input.ts";

const described = {
  method: "POST",
  tag: "Verification",
  status: 200,
  files: [],
  security: "serviceToken",
  tokenScope: "never",
  idempotent: true,
  atVerifier: true,
} as const;

/** Descriptions of what verifiers and the portal both answer. */
export const CHECK_ROUTES: DescribedRoute[] = [
  {
    ...described,
    path: "/api/v1/keys/verify",
    summary: "Verify a key",
    description:
      "A denied request is answered with 200 too. Use a verifier instead of the portal: it is faster.",
    input: checkInputSchema,
    output: verdictSchema,
    maxBodyBytes: MAX_CHECK_BODY_BYTES.single,
  },
  {
    ...described,
    path: "/api/v1/keys/verify/batch",
    summary: "Verify up to 100 keys; the verdicts are in the same order",
    description: undefined,
    input: z.strictObject({ checks: z.array(checkInputSchema).min(1).max(100) }),
    output: z.strictObject({ verdicts: z.array(verdictSchema) }),
    maxBodyBytes: MAX_CHECK_BODY_BYTES.batch,
  },
];
