import { z } from "zod";
import { questionSchema } from "#engine/check/question.ts";
import type { DescribedRoute } from "./route.ts";
import { GITHUB_ROUTE } from "./routes/leaks.ts";
import { verdict } from "./shapes/verdict.ts";

const described = {
  method: "POST",
  tag: "Checks",
  status: 200,
  files: [],
  security: "serviceToken",
  tokenScope: "never",
  idempotent: true,
} as const;

/** The calls that have a file of their own: those that verifiers answer too, and GitHub's. Described here. */
export const OTHER_ROUTES: DescribedRoute[] = [
  {
    ...described,
    path: "/api/v1/keys/verify",
    summary: "The verdict on a key",
    description: "A refusal is a good answer too (200). Ask a verifier rather than the portal: it is faster.",
    input: questionSchema,
    output: verdict,
    capBytes: 16 * 1024,
  },
  {
    ...described,
    path: "/api/v1/keys/verify/batch",
    summary: "The verdicts on up to 100 keys, in order",
    description: undefined,
    input: z.strictObject({ checks: z.array(questionSchema).min(1).max(100) }),
    output: z.strictObject({ verdicts: z.array(verdict) }),
    capBytes: 1024 * 1024,
  },
  GITHUB_ROUTE,
];
