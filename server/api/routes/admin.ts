import { z } from "zod";
import { listAllKeys, revokeKeys } from "#domain/admin/keys.ts";
import {
  adminKeyPageSchema,
  listAllKeysSchema,
  listVerifiersSchema,
  revokeKeysResultSchema,
  revokeKeysSchema,
  verifierPageSchema,
} from "#domain/admin/schema.ts";
import { listVerifiers } from "#domain/admin/verifiers.ts";
import type { Verb } from "#domain/context.ts";
import { dryRunUnused } from "#domain/keys/lifecycle/daily/unused-dry-run.ts";
import { dryRunSiteKeyRules } from "#domain/keys/lifecycle/rules/dry-run.ts";
import { endRuleExemption, exemptFromRules } from "#domain/keys/lifecycle/rules/exempt.ts";
import { listExemptions } from "#domain/keys/lifecycle/rules/list-exemptions.ts";
import {
  dryRunSiteKeyRulesSchema,
  exemptFromRulesSchema,
  exemptionPageSchema,
  keyRulesDryRunSchema,
  listExemptionsSchema,
  ruleExemptionSchema,
} from "#domain/keys/lifecycle/rules/schema.ts";
import { endExemption, exemptKey } from "#domain/keys/lifecycle/unused/exempt.ts";
import {
  dryRunUnusedSchema,
  endExemptionSchema,
  exemptionSchema,
  exemptKeySchema,
  unusedDryRunSchema,
} from "#domain/keys/lifecycle/unused/schema.ts";
import { listDeletedProjects } from "#domain/projects/list-deleted.ts";
import {
  deletedProjectPageSchema,
  listDeletedProjectsSchema,
  projectSchema,
  setCeilingSchema,
  suspendProjectSchema,
} from "#domain/projects/schema.ts";
import { setCeiling } from "#domain/projects/set-ceiling.ts";
import { resumeProject, suspendProject } from "#domain/projects/suspend.ts";
import { inPages, paged } from "../paged.ts";
import { route } from "../route.ts";

const tag = "Administration";
/** Enough for 500 key ids and a reason. */
const REVOKE_CAP_BYTES = 128 * 1024;

export const adminRoutes = [
  route({
    method: "GET",
    path: "/api/v1/admin/keys",
    tag,
    summary: "List all keys of the site",
    description:
      "`unusedForDays=N`: created at least N days ago and without a valid request in the last N days. `secretOlderThanDays=N` and `secretNewerThanDays=N` filter by the age of the current secret. `leaked=true`: active keys with a leaked secret that still works. A response has at most 1 MiB: if keys have large restrictions, a page has fewer than `limit` keys, and `nextCursor` leads to the others.",
    tokenScope: "admin:read",
    input: listAllKeysSchema,
    output: adminKeyPageSchema,
    verb: listAllKeys,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/keys/revoke",
    tag,
    summary: "Revoke up to 500 keys at once",
    tokenScope: "admin:write",
    input: revokeKeysSchema,
    output: revokeKeysResultSchema,
    verb: revokeKeys,
    maxBodyBytes: REVOKE_CAP_BYTES,
  }),
  route({
    method: "PUT",
    path: "/api/v1/admin/keys/{keyId}/exemption",
    tag,
    summary: "Exempt a key from the policy for unused keys, for at most a year",
    tokenScope: "admin:write",
    input: exemptKeySchema,
    output: exemptionSchema,
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
    method: "PUT",
    path: "/api/v1/admin/keys/{keyId}/rule-exemption",
    tag,
    summary: "Exempt a key from the key rules, for at most a year",
    tokenScope: "admin:write",
    input: exemptFromRulesSchema,
    output: ruleExemptionSchema,
    verb: exemptFromRules,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/admin/keys/{keyId}/rule-exemption",
    tag,
    summary: "End a key's exemption from the key rules",
    description: "If its maximum lifetime is over, it works for another week.",
    tokenScope: "admin:write",
    input: endExemptionSchema,
    output: z.strictObject({ ended: z.boolean() }),
    verb: endRuleExemption,
  }),
  route({
    method: "GET",
    path: "/api/v1/admin/exemptions",
    tag,
    summary: "List the keys that are exempt from a policy, first ending first",
    tokenScope: "admin:read",
    input: listExemptionsSchema,
    output: exemptionPageSchema,
    verb: listExemptions,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/policies/key-rules/dry-run",
    tag,
    summary: "Preview what the key rules, or a draft of them, do to existing keys",
    description: "Looks at 100,000 keys at most; `complete` says whether that was all of them.",
    tokenScope: "admin:read",
    input: dryRunSiteKeyRulesSchema,
    output: keyRulesDryRunSchema,
    verb: dryRunSiteKeyRules,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/policies/dry-run",
    tag,
    summary: "Preview the policy for unused keys, or a draft of it",
    tokenScope: "admin:read",
    input: dryRunUnusedSchema,
    output: unusedDryRunSchema,
    verb: dryRunUnused,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/projects/{projectId}/suspend",
    tag,
    summary: "Suspend a project: its keys are denied with PROJECT_SUSPENDED within a second",
    tokenScope: "admin:write",
    input: suspendProjectSchema,
    output: projectSchema,
    verb: suspendProject,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/projects/{projectId}/resume",
    tag,
    summary: "Resume a suspended project",
    tokenScope: "admin:write",
    input: suspendProjectSchema,
    output: projectSchema,
    verb: resumeProject,
  }),
  route({
    method: "PUT",
    path: "/api/v1/admin/projects/{projectId}/ceiling",
    tag,
    summary: "Set a project's ceiling, which its owners can't exceed",
    tokenScope: "admin:write",
    input: setCeilingSchema,
    output: projectSchema,
    verb: setCeiling,
  }),
  route({
    method: "GET",
    path: "/api/v1/admin/deleted-projects",
    tag,
    summary: "List the deleted projects of the site, whose statements can still be read",
    tokenScope: "admin:read",
    input: listDeletedProjectsSchema,
    output: deletedProjectPageSchema,
    verb: listDeletedProjects,
  }),
  route({
    method: "GET",
    path: "/api/v1/admin/verifiers",
    tag,
    summary: "List the running verifiers and how far each is behind",
    tokenScope: "admin:read",
    input: paged(listVerifiersSchema),
    output: verifierPageSchema,
    verb: inPages(
      async ({ ctx }: Verb<object>) => (await listVerifiers({ ctx, input: {} })).items,
      ({ id }) => id,
    ),
  }),
];
