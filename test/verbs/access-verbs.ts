import { eq } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import { listProjectTokens } from "#domain/access/management-tokens/list.ts";
import {
  createProjectToken,
  endProjectTokenOverlap,
  revokeProjectToken,
  rotateProjectToken,
} from "#domain/access/management-tokens/project-tokens.ts";
import { inviteMember } from "#domain/access/members/invite.ts";
import { listMembers } from "#domain/access/members/list.ts";
import { removeMember } from "#domain/access/members/remove.ts";
import { setRole } from "#domain/access/members/set-role.ts";
import { transferOwnership } from "#domain/access/members/transfer-ownership.ts";
import { undoTokenChange } from "#domain/access/members/undo.ts";
import { withdrawInvitation } from "#domain/access/members/withdraw.ts";
import type { Actor } from "#domain/context.ts";
import { START } from "../people.ts";
import { row, type VerbRow } from "./verb-row.ts";

/** The same user by a management token that manages members. */
function asScript(actor: Actor): Actor {
  if (actor.kind !== "user") throw new Error("only users have such tokens");
  return { ...actor, via: "token", token: { id: "mgt_x", name: "script", scopes: ["members:write"] } };
}

/** Verbs that decide who may act in a project: its members and its tokens. */
export const ACCESS_VERBS: VerbRow[] = [
  row("owner", "listMembers", (ctx, { projectId }) => listMembers({ ctx, input: { projectId } })),
  row("developer", "listProjectTokens", (ctx, { projectId }) =>
    listProjectTokens({ ctx, input: { projectId, limit: 50 } }),
  ),
  {
    ...row(
      "owner",
      "createProjectToken",
      (ctx, { projectId }) =>
        createProjectToken({ ctx, input: { projectId, name: "ci", role: "developer" } }),
      { audit: "managementToken.created", changes: [] },
    ),
    token: "never",
  },
  {
    ...row(
      "owner",
      "rotateProjectToken",
      (ctx, { projectId, projectTokenId: managementTokenId }) =>
        rotateProjectToken({ ctx, input: { projectId, managementTokenId, overlapSeconds: 60 } }),
      { audit: "managementToken.rotated", changes: [] },
    ),
    token: "never",
  },
  {
    ...row(
      "owner",
      "endProjectTokenOverlap",
      (ctx, { projectId, projectTokenId: managementTokenId }) =>
        endProjectTokenOverlap({ ctx, input: { projectId, managementTokenId } }),
      { audit: "managementToken.secret-ended", changes: [] },
    ),
    prepare: ({ db }, { projectTokenId }) =>
      db.write(({ q, t }) =>
        q
          .update(t.managementTokens)
          .set({ olderHash: "older", olderHint: "lk_mgt_older", olderEndsAt: START + DAY_MS })
          .where(eq(t.managementTokens.id, projectTokenId)),
      ),
  },
  row(
    "owner",
    "revokeProjectToken",
    (ctx, { projectId, projectTokenId: managementTokenId }) =>
      revokeProjectToken({ ctx, input: { projectId, managementTokenId } }),
    { audit: "managementToken.revoked", changes: [] },
  ),
  {
    ...row(
      "owner",
      "inviteMember",
      (ctx, { projectId }) =>
        inviteMember({ ctx, input: { projectId, email: "new@example.com", role: "viewer" } }),
      { audit: "member.invited", changes: [] },
    ),
    token: "members:write",
  },
  {
    ...row(
      "owner",
      "withdrawInvitation",
      (ctx, { projectId, invitationId }) => withdrawInvitation({ ctx, input: { projectId, invitationId } }),
      { audit: "invitation.withdrawn", changes: [] },
    ),
    token: "members:write",
  },
  {
    ...row(
      "owner",
      "undoTokenChange",
      async (ctx, { projectId }) => {
        const { q, t } = ctx.db.read;
        const [event] = await q.select().from(t.events).where(eq(t.events.kind, "member.changed-by-token"));
        return undoTokenChange({ ctx, input: { projectId, eventId: event?.id ?? "evt_none" } });
      },
      { audit: "member.role-changed", changes: [] },
    ),
    prepare: (ctx, { projectId, viewerId }) =>
      setRole({
        ctx: { ...ctx, actor: asScript(ctx.actor) },
        input: { projectId, userId: viewerId, role: "developer" },
      }),
    token: "never",
  },
  {
    ...row(
      "owner",
      "setRole",
      (ctx, { projectId, colleagueId }) =>
        setRole({ ctx, input: { projectId, userId: colleagueId, role: "viewer" } }),
      { audit: "member.role-changed", changes: [] },
    ),
    token: "members:write",
  },
  {
    ...row(
      "owner",
      "removeMember",
      (ctx, { projectId, colleagueId }) => removeMember({ ctx, input: { projectId, userId: colleagueId } }),
      { audit: "member.removed", changes: [] },
    ),
    token: "members:write",
  },
  {
    ...row(
      "owner",
      "transferOwnership",
      (ctx, { projectId, colleagueId }) =>
        transferOwnership({ ctx, input: { projectId, userId: colleagueId } }),
      { audit: "project.handed-over", changes: [] },
    ),
    token: "never",
  },
];
