import { inviteMember } from "#domain/access/members/invite.ts";
import { listMembers } from "#domain/access/members/list.ts";
import { removeMember } from "#domain/access/members/remove.ts";
import {
  invitationRefSchema,
  invitationResultSchema,
  invitationSchema,
  inviteMemberSchema,
  type ListMembersInput,
  listMembersSchema,
  memberRefSchema,
  memberSchema,
  setRoleSchema,
} from "#domain/access/members/schema.ts";
import { setRole } from "#domain/access/members/set-role.ts";
import { transferOwnership } from "#domain/access/members/transfer-ownership.ts";
import { withdrawInvitation } from "#domain/access/members/withdraw.ts";
import type { Verb } from "#domain/context.ts";
import { pageSchema } from "#domain/fields.ts";
import { inPages, paged } from "../paged.ts";
import { route } from "../route.ts";

const tag = "Members";

export const memberRoutes = [
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/members",
    tag,
    summary: "Who belongs to a project (owner)",
    tokenScope: "members:read",
    input: paged(listMembersSchema),
    output: pageSchema(memberSchema),
    verb: inPages(
      async (call: Verb<ListMembersInput>) => (await listMembers(call)).members,
      ({ user }) => user.id,
    ),
  }),
  route({
    method: "PUT",
    path: "/api/v1/projects/{projectId}/members/{userId}",
    tag,
    summary: "Give a member another role (owner)",
    tokenScope: "members:write",
    input: setRoleSchema,
    output: null,
    verb: setRole,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}/members/{userId}",
    tag,
    summary: "Remove a member (owner), or leave",
    tokenScope: "members:write",
    input: memberRefSchema,
    output: null,
    verb: removeMember,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/hand-over",
    tag,
    summary: "Make another member the owner and oneself a developer (owner)",
    tokenScope: "never",
    input: memberRefSchema,
    output: null,
    verb: transferOwnership,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/invitations",
    tag,
    summary: "Who is invited to a project and has not accepted yet (owner)",
    tokenScope: "members:read",
    input: paged(listMembersSchema),
    output: pageSchema(invitationSchema),
    verb: inPages(
      async (call: Verb<ListMembersInput>) => (await listMembers(call)).invitations,
      ({ id }) => id,
    ),
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/invitations",
    tag,
    summary: "Invite somebody by e-mail (owner); `link` is there where no mail could be sent",
    tokenScope: "members:write",
    input: inviteMemberSchema,
    output: invitationResultSchema,
    status: 201,
    verb: inviteMember,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}/invitations/{invitationId}",
    tag,
    summary: "Withdraw an invitation (owner)",
    tokenScope: "members:write",
    input: invitationRefSchema,
    output: null,
    verb: withdrawInvitation,
  }),
];
