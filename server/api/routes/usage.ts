import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { limitMetersSchema, readLimitMetersSchema } from "#domain/keys/limits/schema.ts";
import { usageCsv } from "#domain/usage/csv.ts";
import { readUsage } from "#domain/usage/read.ts";
import { readUsageSchema, usageSchema } from "#domain/usage/schema.ts";
import { route } from "../route.ts";

export const usageRoutes = [
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/usage",
    tag: "Usage",
    summary: "Get usage over time; as CSV with `Accept: text/csv`",
    tokenScope: "usage:read",
    input: readUsageSchema,
    output: usageSchema,
    verb: readUsage,
    csv: usageCsv,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/limits",
    tag: "Usage",
    summary:
      "Get the use of a project's limits and how long its quotas will last; with `keyId`, a key's limits too",
    tokenScope: "usage:read",
    input: readLimitMetersSchema,
    output: limitMetersSchema,
    verb: readLimitMeters,
  }),
];
