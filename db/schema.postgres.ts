import { postgresDialect } from "./dialect.ts";
import { defineSchema } from "./schema.ts";

export const {
  users,
  identities,
  sessions,
  signInFailures,
  managementTokens,
  apis,
  operations,
  serviceTokens,
  projects,
  memberships,
  invitations,
  projectApis,
  keys,
  secrets,
  changes,
  audit,
  verifiers,
  idempotency,
  usage,
  journalSegments,
  sightings,
  refusals,
  trialCounts,
  policies,
} = defineSchema(postgresDialect);
