import { readMe } from "#domain/access/accounts/me.ts";
import { meSchema } from "#domain/access/accounts/schema.ts";
import { listManagementTokens } from "#domain/access/management-tokens/list.ts";
import { revokeManagementToken } from "#domain/access/management-tokens/revoke.ts";
import {
  listManagementTokensSchema,
  managementTokenPageSchema,
  managementTokenRefSchema,
} from "#domain/access/management-tokens/schema.ts";
import { acceptInvitation } from "#domain/access/members/accept.ts";
import { acceptedInvitationSchema, invitationTokenSchema } from "#domain/access/members/schema.ts";
import { listNotifications } from "#domain/notifications/list.ts";
import { markNotificationsRead } from "#domain/notifications/mark-read.ts";
import {
  listNotificationsSchema,
  markReadSchema,
  notificationPageSchema,
} from "#domain/notifications/schema.ts";
import { noFields, route } from "../route.ts";

const tag = "Current user";

export const ownRoutes = [
  route({
    method: "GET",
    path: "/api/v1/me",
    tag,
    summary: "Get the current user and their projects",
    tokenScope: "any",
    input: noFields,
    output: meSchema,
    verb: readMe,
  }),
  route({
    method: "GET",
    path: "/api/v1/me/tokens",
    tag,
    summary: "List your management tokens",
    tokenScope: "any",
    input: listManagementTokensSchema,
    output: managementTokenPageSchema,
    verb: listManagementTokens,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/me/tokens/{managementTokenId}",
    tag,
    summary: "Revoke one of your management tokens",
    tokenScope: "any",
    input: managementTokenRefSchema,
    output: null,
    verb: revokeManagementToken,
  }),
  route({
    method: "POST",
    path: "/api/v1/me/invitations",
    tag,
    summary: "Accept an invitation to a project, with the token of its one-time link",
    tokenScope: "members:write",
    input: invitationTokenSchema,
    output: acceptedInvitationSchema,
    verb: acceptInvitation,
  }),
  route({
    method: "GET",
    path: "/api/v1/me/notices",
    tag,
    summary: "List your notifications, newest first",
    tokenScope: "any",
    input: listNotificationsSchema,
    output: notificationPageSchema,
    verb: listNotifications,
  }),
  route({
    method: "POST",
    path: "/api/v1/me/notices/read",
    tag,
    summary: "Mark a notification and all earlier ones as read",
    tokenScope: "any",
    input: markReadSchema,
    output: null,
    verb: markNotificationsRead,
  }),
];
