import { z } from "zod";
import { listLeaks } from "#domain/keys/leaks/list.ts";
import { reportLeaks } from "#domain/keys/leaks/report.ts";
import { leakListSchema, reportedTokenSchema, reportLeaksSchema } from "#domain/keys/leaks/schema.ts";
import { keyRefSchema } from "#domain/keys/schema.ts";
import type { DescribedRoute } from "#platform/openapi/described-route.ts";
import { MAX_BODY_BYTES } from "../../body-limit.ts";
import { route } from "../route.ts";

const tag = "Leaks";
export const leakRoutes = [
  route({
    method: "POST",
    path: "/api/v1/leaks",
    tag,
    summary: "Report keys that a scanner found; their owners are notified",
    description:
      "`token` may be a token or text that contains tokens, such as a line `KEY=…`; the first 100 tokens in it count.",
    tokenScope: "keys:write",
    input: reportLeaksSchema,
    output: z.strictObject({ received: z.int() }),
    status: 202,
    verb: reportLeaks,
    maxBodyBytes: MAX_BODY_BYTES,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/keys/{keyId}/leaks",
    tag,
    summary: "List the places where secrets of a key were found",
    tokenScope: "keys:read",
    input: keyRefSchema,
    output: leakListSchema,
    verb: listLeaks,
  }),
];

/** Has its own handler, because the signature covers the raw body. Only its description is here. */
export const GITHUB_ROUTE: DescribedRoute = {
  method: "POST",
  path: "/api/v1/leaks/github",
  tag,
  summary: "Receive reports of GitHub's secret scanning, signed by GitHub over the raw body",
  description:
    "Headers `Github-Public-Key-Identifier` and `Github-Public-Key-Signature`. The body is an array of such objects; the response labels each of them.",
  input: reportedTokenSchema,
  output: z.array(z.object({ token_hash: z.string(), token_type: z.string(), label: z.string() })),
  status: 200,
  maxBodyBytes: MAX_BODY_BYTES,
  files: [],
  security: "none",
  tokenScope: "any",
  idempotent: false,
};
