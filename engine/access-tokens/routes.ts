import { z } from "zod";
import type { DescribedRoute } from "#platform/openapi/described-route.ts";
import { MAX_WAIT_SECONDS, revocationsSchema } from "./revocation-list.ts";

/** Description of what verifiers and the portal both answer. RFC 8414 describes the endpoints of OAuth. */
export const REVOCATION_ROUTES: DescribedRoute[] = [
  {
    method: "GET",
    path: "/api/v1/revocations",
    tag: "Access tokens",
    summary: "Follow the keys, projects and tokens whose access tokens must be denied",
    description:
      "For services that verify access tokens by themselves. Without `after`, answers at once with all entries; with it, waits for the next ones.",
    input: z.strictObject({
      after: z.string().optional().describe("The `cursor` of the last answer."),
      wait: z.coerce
        .number()
        .int()
        .min(0)
        .max(MAX_WAIT_SECONDS)
        .optional()
        .describe("Seconds to wait for an entry."),
    }),
    output: revocationsSchema,
    status: 200,
    maxBodyBytes: 0,
    files: [],
    security: "serviceToken",
    tokenScope: "never",
    idempotent: false,
    atVerifier: true,
  },
];
