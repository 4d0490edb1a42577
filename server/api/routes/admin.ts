import { listAllKeys, revokeKeys } from "#domain/admin/keys.ts";
import { listAllKeysSchema, listVerifiersSchema, revokeKeysSchema } from "#domain/admin/schemas.ts";
import { listVerifiers } from "#domain/admin/verifiers.ts";
import type { Verb } from "#domain/context.ts";
import { suspendProjectSchema } from "#domain/projects/schemas.ts";
import { resumeProject, suspendProject } from "#domain/projects/suspend.ts";
import { inPages, paged } from "../paged.ts";
import { route } from "../route.ts";
import { adminKeyPage, revokeKeysResult } from "../shapes/keys.ts";
import { project } from "../shapes/projects.ts";
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
      "`unusedForDays=N`: created at least N days ago, and without a valid check in the last N days.",
    input: listAllKeysSchema,
    output: adminKeyPage,
    verb: listAllKeys,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/keys/revoke",
    tag,
    summary: "Revoke up to 500 keys at once",
    input: revokeKeysSchema,
    output: revokeKeysResult,
    verb: revokeKeys,
    capBytes: REVOKE_CAP_BYTES,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/projects/{projectId}/suspend",
    tag,
    summary: "Suspend a project: its keys are refused with PROJECT_SUSPENDED within a second",
    input: suspendProjectSchema,
    output: project,
    verb: suspendProject,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/projects/{projectId}/resume",
    tag,
    summary: "End a suspension",
    input: suspendProjectSchema,
    output: project,
    verb: resumeProject,
  }),
  route({
    method: "GET",
    path: "/api/v1/admin/verifiers",
    tag,
    summary: "Each running verifier, and how far behind it is",
    input: paged(listVerifiersSchema),
    output: verifierPage,
    verb: inPages(
      async ({ ctx }: Verb<object>) => (await listVerifiers({ ctx, input: {} })).items,
      ({ id }) => id,
    ),
  }),
];
