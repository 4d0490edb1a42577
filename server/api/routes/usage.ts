import { usageCsv } from "#domain/usage/csv.ts";
import { readUsage } from "#domain/usage/read.ts";
import { readUsageSchema } from "#domain/usage/schemas.ts";
import { route } from "../route.ts";
import { usage } from "../shapes/keys.ts";

export const usageRoutes = [
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/usage",
    tag: "Usage",
    summary: "Counted checks over time; as CSV with `Accept: text/csv`",
    input: readUsageSchema,
    output: usage,
    verb: readUsage,
    csv: usageCsv,
  }),
];
