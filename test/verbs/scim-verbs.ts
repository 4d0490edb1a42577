import { DAY_MS } from "#core/time.ts";
import { listGroupRoles, setScimGroupRole } from "#domain/access/scim/roles.ts";
import {
  createScimToken,
  endScimTokenOverlap,
  listScimTokens,
  revokeScimToken,
  rotateScimToken,
} from "#domain/access/scim/tokens.ts";
import type { Ctx } from "#domain/context.ts";
import { START } from "../people.ts";
import { forAdmins, type VerbRow } from "./verb-row.ts";

/** For administrators only, never with a management token. */
const forSignedInAdmins = (...row: Parameters<typeof forAdmins>): VerbRow => ({
  ...forAdmins(...row),
  token: "never",
});

const SCIM_TOKEN = "sct_token";

const SCIM_GROUP = "scg_group";

const confirmed = (ctx: Ctx): Ctx =>
  ctx.actor.kind === "user" && ctx.actor.via === "session"
    ? {
        ...ctx,
        actor: { ...ctx.actor, session: { ...ctx.actor.session, id: "ses_x", confirmedAt: ctx.now() } },
      }
    : ctx;

const addScim: VerbRow["prepare"] = ({ db, actor }) =>
  db.write(async ({ q, t }) => {
    const createdBy = actor.kind === "user" ? actor.userId : "";
    const older = { olderHash: "older", olderHint: "lk_scim_older" };
    await q.insert(t.scimTokens).values({
      id: SCIM_TOKEN,
      name: "Entra ID",
      hash: "hash",
      hint: "lk_scim_hint",
      createdAt: START,
      createdBy,
      ...older,
    });
    const name = { displayName: "Ops", displayNameKey: "ops" };
    await q.insert(t.scimGroups).values({ id: SCIM_GROUP, ...name, createdAt: START, updatedAt: START });
  });

/** The verbs of SCIM: its tokens, and what an identity provider provisions. */
export const SCIM_VERBS: VerbRow[] = [
  forSignedInAdmins("listScimTokens", (ctx) => listScimTokens({ ctx })),
  forSignedInAdmins("listGroupRoles", (ctx) => listGroupRoles({ ctx })),
  forSignedInAdmins(
    "createScimToken",
    (ctx) => createScimToken({ ctx: confirmed(ctx), input: { name: "Entra ID" } }),
    { audit: "scimToken.created", changes: [], projectId: null },
  ),
  {
    ...forSignedInAdmins(
      "rotateScimToken",
      (ctx) =>
        rotateScimToken({ ctx: confirmed(ctx), input: { scimTokenId: SCIM_TOKEN, overlapSeconds: 60 } }),
      { audit: "scimToken.rotated", changes: [], projectId: null },
    ),
    prepare: addScim,
  },
  {
    ...forSignedInAdmins(
      "endScimTokenOverlap",
      (ctx) => endScimTokenOverlap({ ctx, input: { scimTokenId: SCIM_TOKEN } }),
      { audit: "scimToken.secret-ended", changes: [], projectId: null },
    ),
    prepare: async (ctx, ids) => {
      await addScim(ctx, ids);
      await ctx.db.write(({ q, t }) => q.update(t.scimTokens).set({ olderEndsAt: START + DAY_MS }));
    },
  },
  {
    ...forSignedInAdmins(
      "revokeScimToken",
      (ctx) => revokeScimToken({ ctx, input: { scimTokenId: SCIM_TOKEN } }),
      { audit: "scimToken.revoked", changes: [], projectId: null },
    ),
    prepare: addScim,
  },
  {
    ...forSignedInAdmins(
      "setScimGroupRole",
      (ctx) => setScimGroupRole({ ctx, input: { groupId: SCIM_GROUP, siteRole: "admin" } }),
      { audit: "scimGroup.role-changed", changes: [], projectId: null },
    ),
    prepare: addScim,
  },
];
