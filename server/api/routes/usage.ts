import { statementCsv } from "#domain/billing/statements/csv.ts";
import { readStatement } from "#domain/billing/statements/read.ts";
import { readStatementSchema, statementSchema } from "#domain/billing/statements/schema.ts";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { limitMetersSchema, readLimitMetersSchema } from "#domain/keys/limits/schema.ts";
import { usageCsv } from "#domain/usage/csv.ts";
import { readUsage } from "#domain/usage/read.ts";
import { listRequests } from "#domain/usage/requests/list.ts";
import { listRequestsSchema, requestPageSchema } from "#domain/usage/requests/schema.ts";
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
    path: "/api/v1/projects/{projectId}/requests",
    tag: "Usage",
    summary: "List the newest requests, allowed and denied",
    description:
      "The newest 1,000 requests of the project and up to 100 of each key, for 30 days. A verifier lists at most 20 requests of a key in a second, 50 of a project and 250 in all; usage counts every one. Requests that a service verified in its own process are counted, but not listed.",
    tokenScope: "usage:read",
    input: listRequestsSchema,
    output: requestPageSchema,
    verb: listRequests,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/statements/{month}",
    tag: "Usage",
    summary: "Get the statement of a month by API, plan and operation; as CSV with `Accept: text/csv`",
    description: "Administrators can also read the statements of a deleted project.",
    tokenScope: "usage:read",
    input: readStatementSchema,
    output: statementSchema,
    verb: readStatement,
    csv: statementCsv,
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
