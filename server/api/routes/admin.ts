import { z } from "zod";
import { listAllKeys, revokeKeys } from "#domain/admin/keys.ts";
import { listAllKeysSchema, listVerifiersSchema, revokeKeysSchema } from "#domain/admin/schema.ts";
import { listVerifiers } from "#domain/admin/verifiers.ts";
import type { Verb } from "#domain/context.ts";
import { dryRunUnused, dryRunUnusedSchema } from "#domain/keys/lifecycle/daily/unused-dry-run.ts";
import { endExemption, exemptKey } from "#domain/keys/lifecycle/unused/exempt.ts";
import { endExemptionSchema, exemptKeySchema } from "#domain/keys/lifecycle/unused/schema.ts";
import { projectSchema, setCeilingSchema, suspendProjectSchema } from "#domain/projects/schema.ts";
import { setCeiling } from "#domain/projects/set-ceiling.ts";
import { resumeProject, suspendProject } from "#domain/projects/suspend.ts";
import { inPages, paged } from "../paged.ts";
import { route } from "../route.ts";
import { adminKeyPage, exemption, revokeKeysResult, unusedDryRun } from "../shapes/keys.ts";
import { verifierPage } from "../shapes/site.ts";

const tag = "Administration";
/** 500 ids of keys, a reason, and room. */
const REVOKE_CAP_BYTES = 128 * 1024;

export const adminRoutes = [
  route({
    method: "GET",
    path: "/api/v1/admin/keys",
    tag,
    summary: "Every key",
    description:
      "`unusedForDays=N`: created at least N days ago, and without a valid check in the last N days. `secretOlderThanDays=N` and `secretNewerThanDays=N` are about the age of the current secret. `leaked=true`: active keys of which a secret that was reported as leaked still works. An answer has at most 1 MiB: where keys have large restrictions, a page has fewer of them than `limit`, and `nextCursor` leads on.",
    tokenScope: "admin:read",
    input: listAllKeysSchema,
    output: adminKeyPage,
    verb: listAllKeys,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/keys/revoke",
    tag,
    summary: "Revoke up to 500 keys at once",
    tokenScope: "admin:write",
    input: revokeKeysSchema,
    output: revokeKeysResult,
    verb: revokeKeys,
    capBytes: REVOKE_CAP_BYTES,
  }),
  route({
    method: "PUT",
    path: "/api/v1/admin/keys/{keyId}/exemption",
    tag,
    summary: "Have the rule for unused keys leave a key alone, a year at most",
    tokenScope: "admin:write",
    input: exemptKeySchema,
    output: exemption,
    verb: exemptKey,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/admin/keys/{keyId}/exemption",
    tag,
    summary: "End a key's exemption",
    tokenScope: "admin:write",
    input: endExemptionSchema,
    output: z.strictObject({ ended: z.boolean() }),
    verb: endExemption,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/policies/dry-run",
    tag,
    summary: "What the rule for unused keys, or a draft of it, would do now",
    tokenScope: "admin:read",
    input: dryRunUnusedSchema,
    output: unusedDryRun,
    verb: dryRunUnused,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/projects/{projectId}/suspend",
    tag,
    summary: "Suspend a project: its keys are refused with PROJECT_SUSPENDED within a second",
    tokenScope: "admin:write",
    input: suspendProjectSchema,
    output: projectSchema,
    verb: suspendProject,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/projects/{projectId}/resume",
    tag,
    summary: "End a suspension",
    tokenScope: "admin:write",
    input: suspendProjectSchema,
    output: projectSchema,
    verb: resumeProject,
  }),
  route({
    method: "PUT",
    path: "/api/v1/admin/projects/{projectId}/ceiling",
    tag,
    summary: "Set what the project's keys may use together at most, whatever its owners set",
    tokenScope: "admin:write",
    input: setCeilingSchema,
    output: projectSchema,
    verb: setCeiling,
  }),
  route({
    method: "GET",
    path: "/api/v1/admin/verifiers",
    tag,
    summary: "Each running verifier, and how far behind it is",
    tokenScope: "admin:read",
    input: paged(listVerifiersSchema),
    output: verifierPage,
    verb: inPages(
      async ({ ctx }: Verb<object>) => (await listVerifiers({ ctx, input: {} })).items,
      ({ id }) => id,
    ),
  }),
];
