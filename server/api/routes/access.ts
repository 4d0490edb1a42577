import { z } from "zod";
import { createServiceToken } from "#domain/access/service-tokens/create.ts";
import { listServiceTokens } from "#domain/access/service-tokens/list.ts";
import { revokeServiceToken } from "#domain/access/service-tokens/revoke.ts";
import {
  createServiceTokenSchema,
  listServiceTokensSchema,
  serviceTokenPageSchema,
  serviceTokenRefSchema,
  serviceTokenWithTokenSchema,
} from "#domain/access/service-tokens/schema.ts";
import { listUsersSchema, setSiteRoleSchema, userRefSchema } from "#domain/admin/schema.ts";
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
import { user, userPage } from "../shapes/site.ts";

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
    summary: "Projects that wait to be let into an API, the oldest first",
    tokenScope: "admin:read",
    input: listPendingAccessSchema,
    output: pendingAccessPageSchema,
    verb: listPendingAccess,
  }),
  route({
    method: "PUT",
    path: "/api/v1/admin/projects/{projectId}/apis/{slug}",
    tag,
    summary: "Let a project into an API, or not",
    tokenScope: "admin:write",
    input: decisionSchema,
    output: enableResultSchema,
    verb: decide,
  }),
  route({
    method: "GET",
    path: "/api/v1/admin/service-tokens",
    tag,
    summary: "The service tokens",
    tokenScope: "admin:read",
    input: listServiceTokensSchema,
    output: serviceTokenPageSchema,
    verb: listServiceTokens,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/service-tokens",
    tag,
    summary: "Make a service token, for one API or for all",
    tokenScope: "admin:write",
    input: createServiceTokenSchema,
    output: serviceTokenWithTokenSchema,
    status: 201,
    verb: createServiceToken,
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
    method: "GET",
    path: "/api/v1/admin/users",
    tag,
    summary: "Everybody with an account",
    tokenScope: "admin:read",
    input: listUsersSchema,
    output: userPage,
    verb: listUsers,
  }),
  route({
    method: "PUT",
    path: "/api/v1/admin/users/{userId}/role",
    tag,
    summary: "Make somebody an administrator, or a developer again",
    tokenScope: "never",
    input: setSiteRoleSchema,
    output: user,
    verb: setSiteRole,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/users/{userId}/disable",
    tag,
    summary: "Switch an account off: its sessions and management tokens end at once",
    tokenScope: "never",
    input: userRefSchema,
    output: user,
    verb: disableUser,
  }),
  route({
    method: "POST",
    path: "/api/v1/admin/users/{userId}/enable",
    tag,
    summary: "Switch an account on again",
    tokenScope: "never",
    input: userRefSchema,
    output: user,
    verb: enableUser,
  }),
];
