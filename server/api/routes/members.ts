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
    summary: "List the members of a project (owner)",
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
    summary: "Change a member's role (owner)",
    tokenScope: "members:write",
    input: setRoleSchema,
    output: null,
    verb: setRole,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}/members/{userId}",
    tag,
    summary: "Remove a member (owner), or leave the project",
    tokenScope: "members:write",
    input: memberRefSchema,
    output: null,
    verb: removeMember,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/hand-over",
    tag,
    summary: "Transfer ownership to another member and become a developer (owner)",
    tokenScope: "never",
    input: memberRefSchema,
    output: null,
    verb: transferOwnership,
  }),
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/invitations",
    tag,
    summary: "List the open invitations to a project (owner)",
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
    summary: "Invite a person by email (owner); `link` is null if the invitation was mailed",
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
