import { explainEntries } from "#domain/restrictions/explain.ts";
import { explainEntriesSchema } from "#domain/restrictions/schemas.ts";
import { simulate, simulateSchema } from "../../simulate.ts";
import { route } from "../route.ts";
import { explainedEntries } from "../shapes/restrictions.ts";
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
    input: explainEntriesSchema,
    output: explainedEntries,
    verb: explainEntries,
    capBytes: CAP_BYTES,
  }),
];
