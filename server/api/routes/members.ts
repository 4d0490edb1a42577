import { handOver } from "#domain/members/handOver.ts";
import { inviteMember } from "#domain/members/invite.ts";
import { listMembers } from "#domain/members/list.ts";
import { removeMember } from "#domain/members/remove.ts";
import {
  inviteMemberSchema,
  listMembersSchema,
  memberSchema,
  setRoleSchema,
  withdrawInvitationSchema,
} from "#domain/members/schemas.ts";
import { setRole } from "#domain/members/setRole.ts";
import { withdrawInvitation } from "#domain/members/withdraw.ts";
import { route } from "../route.ts";
import { invitationResult, memberList } from "../shapes/projects.ts";

const tag = "Members";

export const memberRoutes = [
  route({
    method: "GET",
    path: "/api/v1/projects/{projectId}/members",
    tag,
    summary: "Who belongs to a project, and who is invited",
    input: listMembersSchema,
    output: memberList,
    verb: listMembers,
  }),
  route({
    method: "PUT",
    path: "/api/v1/projects/{projectId}/members/{userId}",
    tag,
    summary: "Give a member another role (owner)",
    input: setRoleSchema,
    output: null,
    verb: setRole,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}/members/{userId}",
    tag,
    summary: "Remove a member (owner), or leave",
    input: memberSchema,
    output: null,
    verb: removeMember,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/hand-over",
    tag,
    summary: "Make another member the owner and oneself a developer (owner)",
    input: memberSchema,
    output: null,
    verb: handOver,
  }),
  route({
    method: "POST",
    path: "/api/v1/projects/{projectId}/invitations",
    tag,
    summary: "Invite somebody by e-mail (owner); `link` is there where no mail could be sent",
    input: inviteMemberSchema,
    output: invitationResult,
    status: 201,
    verb: inviteMember,
  }),
  route({
    method: "DELETE",
    path: "/api/v1/projects/{projectId}/invitations/{invitationId}",
    tag,
    summary: "Withdraw an invitation (owner)",
    input: withdrawInvitationSchema,
    output: null,
    verb: withdrawInvitation,
  }),
];
