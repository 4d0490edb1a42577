import { listDenials } from "#domain/keys/denials/list.ts";
import { denialPageSchema, listDenialsSchema } from "#domain/keys/denials/schema.ts";
import { dryRun } from "#domain/keys/restrictions/dry-run.ts";
import { explainEntries } from "#domain/keys/restrictions/explain.ts";
import {
  dryRunResultSchema,
  dryRunSchema,
  explainEntriesSchema,
  explainedEntriesSchema,
  restrictionSuggestionSchema,
  suggestSchema,
  trialResultSchema,
} from "#domain/keys/restrictions/schema.ts";
import { suggestRestrictions } from "#domain/keys/restrictions/suggest.ts";
import { readTrial } from "#domain/keys/restrictions/trial.ts";
import { keyRefSchema } from "#domain/keys/schema.ts";
import { simulate, simulateSchema } from "../../simulate.ts";
import { route } from "../route.ts";
import { simulated } from "../shapes/verdict.ts";

const tag = "Restrictions";
const CAP_BYTES = 1024 * 1024;

export const restrictionRoutes = [
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/keys/{keyId}/simulate",
    tag,
    summary:
      "See the verdict on a call, rule by rule, under a key's restrictions or a draft; nothing is counted",
    description:
      "Limits are asked as a check asks them and nothing is taken from them; 503 where they can't be asked.",
    tokenScope: "keys:read",
    input: simulateSchema,
    output: simulated,
    verb: simulate,
    capBytes: CAP_BYTES,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/restrictions/explain",
    tag,
    summary: "What each entry of a draft means, or how to write it; nothing is saved",
    tokenScope: "keys:read",
    input: explainEntriesSchema,
    output: explainedEntriesSchema,
    verb: explainEntries,
    capBytes: CAP_BYTES,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/keys/{keyId}/dry-run",
    tag,
    summary: "What a draft would have done to the checks of the last days",
    description:
      "Exact for APIs and for operations that the catalogue lists: of a call that named none of them it can’t be told whether a list of operations lets it pass. For addresses, sites and apps by what is kept of each day. Whole days of UTC, today included.",
    tokenScope: "keys:read",
    input: dryRunSchema,
    output: dryRunResultSchema,
    verb: dryRun,
    capBytes: CAP_BYTES,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/keys/{keyId}/suggestions",
    tag,
    summary: "What a key could be restricted to without refusing a check of the last 30 days",
    description:
      "It never lets through what the key’s restrictions refuse, and can be saved as it is. Checks that they refuse by now are looked past, and counted as `refusedAlready`.",
    tokenScope: "keys:read",
    input: suggestSchema,
    output: restrictionSuggestionSchema,
    verb: suggestRestrictions,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/keys/{keyId}/trial",
    tag,
    summary: "What a key's trial set would have refused since it was saved",
    tokenScope: "keys:read",
    input: keyRefSchema,
    output: trialResultSchema,
    verb: readTrial,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/denials",
    tag,
    summary: "The latest refusals, and how many there were in all",
    description:
      "In whole minutes within 2 days, in whole hours within 100, else in whole days of UTC: `from` and `to` of the answer say which. With `trial`, what the trials that run now would have refused, in whole hours.",
    tokenScope: "usage:read",
    input: listDenialsSchema,
    output: denialPageSchema,
    verb: listDenials,
  }),
];
