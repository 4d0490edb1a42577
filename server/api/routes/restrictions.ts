import { listDenials } from "#domain/keys/denials/list.ts";
import { denialPageSchema, listDenialsSchema } from "#domain/keys/denials/schema.ts";
import { dryRun } from "#domain/keys/restrictions/dry-run.ts";
import { explainEntries } from "#domain/keys/restrictions/explain.ts";
import { readReportOnlyCounts } from "#domain/keys/restrictions/report-only.ts";
import {
  dryRunResultSchema,
  dryRunSchema,
  explainEntriesSchema,
  explainedEntriesSchema,
  reportOnlyCountsSchema,
  restrictionSuggestionSchema,
  suggestSchema,
} from "#domain/keys/restrictions/schema.ts";
import { suggestRestrictions } from "#domain/keys/restrictions/suggest.ts";
import { keyRefSchema } from "#domain/keys/schema.ts";
import { simulate, simulatedSchema, simulateSchema } from "../../simulate.ts";
import { route } from "../route.ts";

const tag = "Restrictions";
const CAP_BYTES = 1024 * 1024;

export const restrictionRoutes = [
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/keys/{keyId}/simulate",
    tag,
    summary:
      "Simulate a request with a key's restrictions or a draft, with the outcome of each rule; nothing is counted",
    description: "Limits are read as for a verification, but nothing is consumed; 503 if they can't be read.",
    tokenScope: "keys:read",
    input: simulateSchema,
    output: simulatedSchema,
    verb: simulate,
    maxBodyBytes: CAP_BYTES,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/restrictions/explain",
    tag,
    summary: "Explain each entry of a draft, or how to correct it; nothing is saved",
    tokenScope: "keys:read",
    input: explainEntriesSchema,
    output: explainedEntriesSchema,
    verb: explainEntries,
    maxBodyBytes: CAP_BYTES,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/keys/{keyId}/dry-run",
    tag,
    summary: "Preview a draft's impact on recent traffic",
    description:
      "Exact for APIs and for operations that the API's entry lists: for a request without a listed operation, it is unknown whether a list of operations allows it. For IP addresses, websites and apps, the result is based on the values stored for each day. Whole days in UTC, including today.",
    tokenScope: "keys:read",
    input: dryRunSchema,
    output: dryRunResultSchema,
    verb: dryRun,
    maxBodyBytes: CAP_BYTES,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/keys/{keyId}/suggestions",
    tag,
    summary: "Suggest restrictions that allow all requests of the last 30 days",
    description:
      "The suggestion never allows what the key's restrictions deny, and can be saved unchanged. Requests that they deny now are ignored and counted as `refusedAlready`.",
    tokenScope: "keys:read",
    input: suggestSchema,
    output: restrictionSuggestionSchema,
    verb: suggestRestrictions,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/keys/{keyId}/trial",
    tag,
    summary: "Count what the report-only restrictions would have denied",
    tokenScope: "keys:read",
    input: keyRefSchema,
    output: reportOnlyCountsSchema,
    verb: readReportOnlyCounts,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/denials",
    tag,
    summary: "List the latest denied requests and their total",
    description:
      "Times are rounded to minutes within the last 2 days, to hours within the last 100, and otherwise to days in UTC: `from` and `to` of the response have the rounded times. With `trial`, what the current report-only restrictions would have denied, in whole hours.",
    tokenScope: "usage:read",
    input: listDenialsSchema,
    output: denialPageSchema,
    verb: listDenials,
  }),
];
