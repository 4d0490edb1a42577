import { z } from "zod";
import { listAllManagementTokens } from "#domain/access/management-tokens/all.ts";
import {
  adminManagementTokenPageSchema,
  listAllManagementTokensSchema,
} from "#domain/access/management-tokens/schema.ts";
import { createServiceToken } from "#domain/access/service-tokens/create.ts";
import { listServiceTokens } from "#domain/access/service-tokens/list.ts";
import { revokeServiceToken } from "#domain/access/service-tokens/revoke.ts";
import { endServiceTokenOverlap, rotateServiceToken } from "#domain/access/service-tokens/rotate.ts";
import {
  createServiceTokenSchema,
  listServiceTokensSchema,
  rotateServiceTokenSchema,
  serviceTokenPageSchema,
  serviceTokenRefSchema,
  serviceTokenSchema,
  serviceTokenWithTokenSchema,
  updateServiceTokenSchema,
} from "#domain/access/service-tokens/schema.ts";
import { updateServiceToken } from "#domain/access/service-tokens/update.ts";
import {
  listUsersSchema,
  setSiteRoleSchema,
  userPageSchema,
  userRefSchema,
  userSchema,
} from "#domain/admin/schema.ts";
import { disableUser, enableUser, listUsers, setSiteRole } from "#domain/admin/users.ts";
import { approveAccess, declineAccess } from "#domain/catalog/enablement/decide.ts";
import { listPendingAccess } from "#domain/catalog/enablement/pending.ts";
import {
  decideAccessSchema,
  type EnableResult,
  enableResultSchema,
  listPendingAccessSchema,
  pendingAccessPageSchema,
} from "#domain/catalog/enablement/schema.ts";
import type { Verb } from "#domain/context.ts";
import { route } from "../route.ts";

const tag = "Administration";

const decisionSchema = z.strictObject({
  ...decideAccessSchema.shape,
  decision: z.enum(["approve", "decline"], "Choose approve or decline."),
});

function decide({ ctx, input }: Verb<z.output<typeof decisionSchema>>): Promise<EnableResult> {
  const { decision, ...rest } = input;
  return decision === "approve" ? approveAccess({ ctx, input: rest }) : declineAccess({ ctx, input: rest });
}

export const accessRoutes = [
  route({
    method: "GET",
    path: "/api/v1/admin/approvals",
    tag,
    summary: "List pending access requests, oldest first",
    tokenScope: "admin:read",
    input: listPendingAccessSchema,
    output: pendingAccessPageSchema,
    verb: listPendingAccess,
  }),
  route({
    method: "PUT",
    path: "/api/v1/admin/projects/{projectId}/apis/{slug}",
    tag,
    summary: "Approve or decline a project's access to an API",
    tokenScope: "admin:write",
    input: decisionSchema,
    output: enableResultSchema,
    verb: decide,
  }),
  route({
    method: "GET",
    path: "/api/v1/admin/management-tokens",
    tag,
    summary:
      "List the management tokens of all users and projects that are not revoked; `expires=never` for those without expiry",
    tokenScope: "admin:read",
    input: listAllManagementTokensSchema,
    output: adminManagementTokenPageSchema,
    verb: listAllManagementTokens,
  }),
  route({
    method: "GET",
    path: "/api/v1/admin/service-tokens",
    tag,
    summary: "List service tokens",
    tokenScope: "admin:read",
    input: listServiceTokensSchema,
    output: serviceTokenPageSchema,
    verb: listServiceTokens,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/service-tokens",
    tag,
    summary: "Create a service token for one API or for all",
    tokenScope: "admin:write",
    input: createServiceTokenSchema,
    output: serviceTokenWithTokenSchema,
    status: 201,
    verb: createServiceToken,
  }),
  route({
    method: "PATCH",
    path: "/api/v1/admin/service-tokens/{serviceTokenId}",
    tag,
    summary: "Allow or forbid a service token local verification",
    tokenScope: "admin:write",
    input: updateServiceTokenSchema,
    output: serviceTokenSchema,
    verb: updateServiceToken,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/admin/service-tokens/{serviceTokenId}",
    tag,
    summary: "Revoke a service token",
    tokenScope: "admin:write",
    input: serviceTokenRefSchema,
    output: null,
    verb: revokeServiceToken,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/service-tokens/{serviceTokenId}/rotate",
    tag,
    summary:
      "Rotate a service token; its old secret works until the overlap ends. During an overlap: 409 with the code OVERLAP_RUNNING, unless `endOlder` is true",
    tokenScope: "admin:write",
    input: rotateServiceTokenSchema,
    output: serviceTokenWithTokenSchema,
    verb: rotateServiceToken,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/admin/service-tokens/{serviceTokenId}/older",
    tag,
    summary: "End the old secret of a rotated service token now",
    tokenScope: "admin:write",
    input: serviceTokenRefSchema,
    output: serviceTokenSchema,
    verb: endServiceTokenOverlap,
  }),
  route({
    method: "GET",
    path: "/api/v1/admin/users",
    tag,
    summary: "List users",
    tokenScope: "admin:read",
    input: listUsersSchema,
    output: userPageSchema,
    verb: listUsers,
  }),
  route({
    method: "PUT",
    path: "/api/v1/admin/users/{userId}/role",
    tag,
    summary: "Change a user's site role",
    tokenScope: "never",
    input: setSiteRoleSchema,
    output: userSchema,
    verb: setSiteRole,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/users/{userId}/disable",
    tag,
    summary: "Disable a user: their sessions and management tokens end immediately",
    tokenScope: "never",
    input: userRefSchema,
    output: userSchema,
    verb: disableUser,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/users/{userId}/enable",
    tag,
    summary: "Enable a disabled user",
    tokenScope: "never",
    input: userRefSchema,
    output: userSchema,
    verb: enableUser,
  }),
];
