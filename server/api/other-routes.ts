import { z } from "zod";
import { questionSchema } from "#engine/check/question.ts";
import type { DescribedRoute } from "./route.ts";
import { GITHUB_ROUTE } from "./routes/leaks.ts";
import { verdict } from "./shapes/verdict.ts";

const described = {
  method: "POST",
  tag: "Verification",
  status: 200,
  files: [],
  security: "serviceToken",
  tokenScope: "never",
  idempotent: true,
} as const;

/** Routes with their own handlers: those that verifiers answer too, and GitHub's. Only described here. */
export const OTHER_ROUTES: DescribedRoute[] = [
  {
    ...described,
    path: "/api/v1/keys/verify",
    summary: "Verify a key",
    description:
      "A denied request is answered with 200 too. Use a verifier instead of the portal: it is faster.",
    input: questionSchema,
    output: verdict,
    capBytes: 16 * 1024,
  },
  {
    ...described,
    path: "/api/v1/keys/verify/batch",
    summary: "Verify up to 100 keys; the verdicts are in the same order",
    description: undefined,
    input: z.strictObject({ checks: z.array(questionSchema).min(1).max(100) }),
    output: z.strictObject({ verdicts: z.array(verdict) }),
    capBytes: 1024 * 1024,
  },
  GITHUB_ROUTE,
];
