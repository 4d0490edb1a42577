import { eq } from "drizzle-orm";
import { readMe } from "#domain/access/accounts/me.ts";
import { listAllManagementTokens, revokeAnyManagementToken } from "#domain/access/management-tokens/all.ts";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { listManagementTokens } from "#domain/access/management-tokens/list.ts";
import { revokeManagementToken } from "#domain/access/management-tokens/revoke.ts";
import { endManagementTokenOverlap, rotateManagementToken } from "#domain/access/management-tokens/rotate.ts";
import { acceptInvitation, readInvitation } from "#domain/access/members/accept.ts";
import { getPolicies } from "#domain/access/policies/read.ts";
import { setPolicies } from "#domain/access/policies/set.ts";
import { listGroupRoles, setScimGroupRole } from "#domain/access/scim/roles.ts";
import {
  createScimToken,
  endScimTokenOverlap,
  listScimTokens,
  revokeScimToken,
  rotateScimToken,
} from "#domain/access/scim/tokens.ts";
import { listOwnEvents } from "#domain/access/security/own-events.ts";
import { createServiceToken } from "#domain/access/service-tokens/create.ts";
import { listServiceTokens } from "#domain/access/service-tokens/list.ts";
import { revokeServiceToken } from "#domain/access/service-tokens/revoke.ts";
import { endServiceTokenOverlap, rotateServiceToken } from "#domain/access/service-tokens/rotate.ts";
import { updateServiceToken } from "#domain/access/service-tokens/update.ts";
import { setUserEmail } from "#domain/admin/change-email.ts";
import { deleteUser } from "#domain/admin/delete-user.ts";
import { listAllKeys, listAllKeysForPage, revokeKeys } from "#domain/admin/keys.ts";
import { readSiteOverview } from "#domain/admin/overview.ts";
import { sendPasswordReset } from "#domain/admin/reset-password.ts";
import { countMissingFactors, getUserFactors, resetSecondFactors } from "#domain/admin/second-factors.ts";
import { endUserSession, endUserSessions, listUserSessions } from "#domain/admin/sessions.ts";
import { disableUser, enableUser, getUser, listUsers, setSiteRole } from "#domain/admin/users.ts";
import { listVerifiers } from "#domain/admin/verifiers.ts";
import { createApi, previewOpenApi } from "#domain/catalog/apis/create.ts";
import { deleteApi } from "#domain/catalog/apis/delete.ts";
import { findOperations } from "#domain/catalog/apis/find-operations.ts";
import {
  getApi,
  getApiForPage,
  listApiNames,
  listApiSummaries,
  listApis,
} from "#domain/catalog/apis/list.ts";
import { createApiSchema } from "#domain/catalog/apis/schema.ts";
import { updateApi } from "#domain/catalog/apis/update.ts";
import { approveAccess, declineAccess } from "#domain/catalog/enablement/decide.ts";
import { listPendingAccess } from "#domain/catalog/enablement/pending.ts";
import type { Ctx } from "#domain/context.ts";
import { listLeakedTokens } from "#domain/keys/leaks/list-tokens.ts";
import { reportFoundKey, reportLeaks } from "#domain/keys/leaks/report.ts";
import { dryRunUnused } from "#domain/keys/lifecycle/daily/unused-dry-run.ts";
import { dryRunSiteSecretAge } from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import { previewSweep } from "#domain/keys/lifecycle/sweeps/preview.ts";
import { getSweep, listSweeps, listSweptKeys } from "#domain/keys/lifecycle/sweeps/read.ts";
import { previewSweepSchema } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { startSweep, undoSweep } from "#domain/keys/lifecycle/sweeps/start.ts";
import { workOnSweeps } from "#domain/keys/lifecycle/sweeps/work.ts";
import { endExemption, exemptKey } from "#domain/keys/lifecycle/unused/exempt.ts";
import { listUnusedKeys } from "#domain/keys/lifecycle/unused/list.ts";
import { listUnusedSchema } from "#domain/keys/lifecycle/unused/schema.ts";
import { countUnreadNotifications, listNotifications } from "#domain/notifications/list.ts";
import { markNotificationsRead } from "#domain/notifications/mark-read.ts";
import { createProject } from "#domain/projects/create.ts";
import { listProjects } from "#domain/projects/list.ts";
import { setCeiling } from "#domain/projects/set-ceiling.ts";
import { resumeProject, suspendProject } from "#domain/projects/suspend.ts";
import { findAnything } from "#domain/search/find.ts";
import { siteUsageCsv } from "#domain/usage/csv.ts";
import { projectSparklines } from "#domain/usage/project-sparklines.ts";
import { readSiteUsage } from "#domain/usage/site.ts";
import { START } from "../people.ts";
import type { VerbRow } from "./types.ts";

const limit = 50;
const SWEEP = previewSweepSchema.parse({ filter: { unusedForDays: 30 }, reason: "nobody uses them" });
const aYearOn = (ctx: Ctx): Ctx => ({ ...ctx, now: () => START + 366 * 86_400_000 });
const JUNK = { token: "lk_live_junk", type: "", url: "", source: "" };
const openapi = { openapi: "3.1.0", info: { title: "New", version: "1" }, paths: {} };

const forAdmins = (name: string, run: VerbRow["run"], leaves?: VerbRow["leaves"]): VerbRow => ({
  name,
  run,
  by: "admin",
  stranger: "forbidden",
  ...(leaves ? { leaves } : {}),
});

const own = (name: string, by: VerbRow["by"], run: VerbRow["run"]): VerbRow => ({
  name,
  run,
  by,
  stranger: "own",
});

const signViewerIn: VerbRow["prepare"] = (ctx, { viewerId }) =>
  ctx.db.write(({ q, t }) =>
    q.insert(t.sessions).values({
      id: "ses_viewer",
      hash: "viewer",
      userId: viewerId,
      createdAt: START,
      lastSeenAt: START,
      expiresAt: START + 1_000,
    }),
  );

const ADMIN_VERBS: VerbRow[] = [
  forAdmins("listUsers", (ctx) => listUsers({ ctx, input: { limit } })),
  forAdmins("getUser", (ctx, { viewerId }) => getUser({ ctx, input: { userId: viewerId } })),
  {
    ...forAdmins(
      "sendPasswordReset",
      (ctx, { viewerId }) => sendPasswordReset({ ctx, input: { userId: viewerId } }),
      { audit: "user.reset-link-created", changes: [], projectId: null },
    ),
    token: "never",
  },
  {
    ...forAdmins("deleteUser", (ctx, { strangerId }) => deleteUser({ ctx, input: { userId: strangerId } }), {
      audit: "user.deleted",
      changes: [],
      projectId: null,
    }),
    token: "never",
  },
  {
    ...forAdmins(
      "setUserEmail",
      (ctx, { viewerId }) => setUserEmail({ ctx, input: { userId: viewerId, email: "new@example.com" } }),
      { audit: "user.email-changed", changes: [], projectId: null },
    ),
    token: "never",
  },
  {
    ...forAdmins("listUserSessions", (ctx, { viewerId }) =>
      listUserSessions({ ctx, input: { userId: viewerId } }),
    ),
    token: "never",
  },
  {
    ...forAdmins(
      "endUserSession",
      (ctx, { viewerId }) => endUserSession({ ctx, input: { userId: viewerId, sessionId: "ses_viewer" } }),
      { audit: "user.sessions-ended", changes: [], projectId: null },
    ),
    token: "never",
    prepare: signViewerIn,
  },
  {
    ...forAdmins(
      "endUserSessions",
      (ctx, { viewerId }) => endUserSessions({ ctx, input: { userId: viewerId } }),
      {
        audit: "user.sessions-ended",
        changes: [],
        projectId: null,
      },
    ),
    token: "never",
    prepare: signViewerIn,
  },
  forAdmins("countMissingFactors", (ctx) => countMissingFactors({ ctx, input: {} })),
  forAdmins("getUserFactors", (ctx, { viewerId }) => getUserFactors({ ctx, input: { userId: viewerId } })),
  {
    ...forAdmins(
      "resetSecondFactors",
      (ctx, { viewerId }) => resetSecondFactors({ ctx, input: { userId: viewerId } }),
      { audit: "user.second-factors-reset", changes: [], projectId: null },
    ),
    token: "never",
    prepare: (ctx, { viewerId }) =>
      ctx.db.write(({ q, t }) =>
        q.insert(t.totpFactors).values({
          userId: viewerId,
          sealedSecret: "sealed",
          createdAt: START,
          confirmedAt: START,
          lastStep: 0,
        }),
      ),
  },
  forAdmins("readSiteOverview", (ctx) => readSiteOverview({ ctx, input: {} })),
  forAdmins("readSiteUsage", (ctx) => readSiteUsage({ ctx, input: {} })),
  forAdmins("siteUsageCsv", (ctx) => siteUsageCsv({ ctx, input: {} })),
  forAdmins("listVerifiers", (ctx) => listVerifiers({ ctx, input: {} })),
  forAdmins("listAllKeys", (ctx) => listAllKeys({ ctx, input: { limit } })),
  forAdmins("listAllKeysForPage", (ctx) => listAllKeysForPage({ ctx, input: { limit } })),
  forAdmins("listPendingAccess", (ctx) => listPendingAccess({ ctx, input: { limit } })),
  forAdmins("listServiceTokens", (ctx) => listServiceTokens({ ctx, input: { limit } })),
  forAdmins("previewOpenApi", (ctx) => previewOpenApi({ ctx, input: { openapi } })),
  forAdmins(
    "revokeKeys",
    (ctx, { keyId }) => revokeKeys({ ctx, input: { keyIds: [keyId], reason: "leaked" } }),
    { audit: "key.revoked", changes: ["key"] },
  ),
  forAdmins("listUnusedKeys", (ctx) => listUnusedKeys({ ctx, input: listUnusedSchema.parse({}) })),
  forAdmins("dryRunSiteSecretAge", (ctx) =>
    dryRunSiteSecretAge({ ctx, input: { rule: { maxDays: 90, cut: true } } }),
  ),
  forAdmins("dryRunUnused", (ctx) => dryRunUnused({ ctx, input: {} })),
  forAdmins(
    "exemptKey",
    (ctx, { keyId }) => exemptKey({ ctx, input: { keyId, reason: "kept", until: START + 90_000_000 } }),
    { audit: "key.exempted", changes: [] },
  ),
  {
    ...forAdmins("endExemption", (ctx, { keyId }) => endExemption({ ctx, input: { keyId } }), {
      audit: "key.exemption-ended",
      changes: [],
    }),
    prepare: (ctx, { keyId }) =>
      exemptKey({ ctx, input: { keyId, reason: "kept", until: START + 90_000_000 } }),
  },
  forAdmins("previewSweep", (ctx) => previewSweep({ ctx: aYearOn(ctx), input: SWEEP }), {
    audit: "sweep.previewed",
    changes: [],
    projectId: null,
  }),
  forAdmins("listSweeps", (ctx) => listSweeps({ ctx, input: { limit } })),
  forAdmins("getSweep", (ctx, { sweepId }) => getSweep({ ctx, input: { sweepId } })),
  forAdmins("listSweptKeys", (ctx, { sweepId }) => listSweptKeys({ ctx, input: { sweepId, limit } })),
  forAdmins("startSweep", (ctx, { sweepId }) => startSweep({ ctx, input: { sweepId } }), {
    audit: "sweep.started",
    changes: [],
    projectId: null,
  }),
  {
    ...forAdmins("undoSweep", (ctx, { sweepId }) => undoSweep({ ctx, input: { sweepId } }), {
      audit: "sweep.undone",
      changes: [],
      projectId: null,
    }),
    async prepare(ctx, { sweepId }) {
      await startSweep({ ctx, input: { sweepId } });
      await workOnSweeps({ read: ctx.db.read, contextFor: () => ctx, clock: () => 0 });
    },
  },
  forAdmins(
    "setPolicies",
    (ctx) => setPolicies({ ctx, input: { liveKeysNeedApplicationRestriction: true } }),
    { audit: "policies.updated", changes: [], projectId: null },
  ),
  {
    ...forAdmins(
      "setSiteRole",
      (ctx, { strangerId }) => setSiteRole({ ctx, input: { userId: strangerId, siteRole: "admin" } }),
      { audit: "user.role-changed", changes: [], projectId: null },
    ),
    token: "never",
  },
  {
    ...forAdmins("disableUser", (ctx, { viewerId }) => disableUser({ ctx, input: { userId: viewerId } }), {
      audit: "user.disabled",
      changes: [],
      projectId: null,
    }),
    token: "never",
  },
  {
    token: "never",
    ...forAdmins("enableUser", (ctx, { viewerId }) => enableUser({ ctx, input: { userId: viewerId } }), {
      audit: "user.enabled",
      changes: [],
      projectId: null,
    }),
    prepare: (ctx, { viewerId }) => disableUser({ ctx, input: { userId: viewerId } }),
  },
  forAdmins(
    "suspendProject",
    (ctx, { projectId }) => suspendProject({ ctx, input: { projectId, reason: "abuse" } }),
    { audit: "project.suspended", changes: ["project"] },
  ),
  forAdmins(
    "setCeiling",
    (ctx, { projectId }) =>
      setCeiling({
        ctx,
        input: { projectId, ceiling: { rate: { limit: 9, windowSeconds: 1 }, quota: null } },
      }),
    { audit: "project.ceiling-set", changes: ["project"] },
  ),
  {
    ...forAdmins("resumeProject", (ctx, { projectId }) => resumeProject({ ctx, input: { projectId } }), {
      audit: "project.resumed",
      changes: ["project"],
    }),
    prepare: (ctx, { projectId }) => suspendProject({ ctx, input: { projectId } }),
  },
  forAdmins(
    "approveAccess",
    (ctx, { projectId }) => approveAccess({ ctx, input: { projectId, slug: "offers" } }),
    { audit: "access.approved", changes: ["project"] },
  ),
  forAdmins(
    "declineAccess",
    (ctx, { projectId }) => declineAccess({ ctx, input: { projectId, slug: "offers" } }),
    { audit: "access.declined", changes: ["project"] },
  ),
  forAdmins(
    "createApi",
    (ctx) => createApi({ ctx, input: createApiSchema.parse({ slug: "new", openapi }) }),
    { audit: "api.created", changes: ["api"], projectId: null },
  ),
  forAdmins("updateApi", (ctx) => updateApi({ ctx, input: { slug: "badges", allowKeyInUrl: true } }), {
    audit: "api.updated",
    changes: ["api"],
    projectId: null,
  }),
  forAdmins("deleteApi", (ctx) => deleteApi({ ctx, input: { slug: "badges" } }), {
    audit: "api.deleted",
    changes: ["api", "project"],
    projectId: null,
  }),
  forAdmins("listAllManagementTokens", (ctx) => listAllManagementTokens({ ctx, input: { limit } })),
  {
    ...forAdmins(
      "revokeAnyManagementToken",
      (ctx, { managementTokenId }) => revokeAnyManagementToken({ ctx, input: { managementTokenId } }),
      { audit: "managementToken.revoked", changes: [], projectId: null },
    ),
    token: "never",
  },
  forAdmins(
    "createServiceToken",
    (ctx) => createServiceToken({ ctx, input: { name: "edge", api: "badges", trustedProxies: [] } }),
    { audit: "serviceToken.created", changes: ["serviceToken"], projectId: null },
  ),
  forAdmins(
    "revokeServiceToken",
    (ctx, { serviceTokenId }) => revokeServiceToken({ ctx, input: { serviceTokenId } }),
    { audit: "serviceToken.revoked", changes: ["serviceToken"], projectId: null },
  ),
  forAdmins(
    "updateServiceToken",
    (ctx, { serviceTokenId }) =>
      updateServiceToken({ ctx, input: { serviceTokenId, localVerification: true } }),
    { audit: "serviceToken.updated", changes: ["serviceToken"], projectId: null },
  ),
  forAdmins(
    "rotateServiceToken",
    (ctx, { serviceTokenId }) => rotateServiceToken({ ctx, input: { serviceTokenId, overlapSeconds: 60 } }),
    { audit: "serviceToken.rotated", changes: ["serviceToken"], projectId: null },
  ),
  {
    ...forAdmins(
      "endServiceTokenOverlap",
      (ctx, { serviceTokenId }) => endServiceTokenOverlap({ ctx, input: { serviceTokenId } }),
      { audit: "serviceToken.secret-ended", changes: ["serviceToken"], projectId: null },
    ),
    prepare: ({ db }, { serviceTokenId }) =>
      db.write(({ q, t }) =>
        q
          .update(t.serviceTokens)
          .set({ olderHash: "older", olderHint: "lk_svc_older", olderEndsAt: START + 86_400_000 })
          .where(eq(t.serviceTokens.id, serviceTokenId)),
      ),
  },
];

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

const SCIM_VERBS: VerbRow[] = [
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
      await ctx.db.write(({ q, t }) => q.update(t.scimTokens).set({ olderEndsAt: START + 86_400_000 }));
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

const OWN_VERBS: VerbRow[] = [
  { name: "getPolicies", by: "viewer", stranger: "own", run: (ctx) => getPolicies({ ctx, input: {} }) },
  { name: "readMe", by: "viewer", stranger: "own", run: (ctx) => readMe({ ctx, input: {} }) },
  {
    name: "listProjects",
    by: "viewer",
    stranger: "own",
    run: (ctx) => listProjects({ ctx, input: { limit, all: false } }),
  },
  {
    name: "findAnything",
    by: "viewer",
    stranger: "own",
    run: (ctx) => findAnything({ ctx, input: { query: "pl" } }),
  },
  {
    name: "projectSparklines",
    by: "viewer",
    stranger: "own",
    run: async (ctx, { projectId }) => projectSparklines({ ctx, input: { projectIds: [projectId] } }),
  },
  { name: "listApis", by: "viewer", stranger: "own", run: (ctx) => listApis({ ctx, input: { limit } }) },
  { name: "getApi", by: "viewer", stranger: "own", run: (ctx) => getApi({ ctx, input: { slug: "badges" } }) },
  {
    name: "listApiSummaries",
    by: "viewer",
    stranger: "own",
    run: (ctx) => listApiSummaries({ ctx, input: { limit } }),
  },
  { name: "listApiNames", by: "viewer", stranger: "own", run: (ctx) => listApiNames({ ctx }) },
  {
    name: "getApiForPage",
    by: "viewer",
    stranger: "own",
    run: (ctx) => getApiForPage({ ctx, input: { slug: "badges", maxOperations: 300 } }),
  },
  {
    name: "findOperations",
    by: "viewer",
    stranger: "own",
    run: (ctx) => findOperations({ ctx, input: { slug: "badges", search: "" } }),
  },
  {
    ...own("listOwnEvents", "owner", (ctx) => listOwnEvents({ ctx, input: { limit } })),
    token: "never",
  },
  own("listManagementTokens", "owner", (ctx) => listManagementTokens({ ctx, input: { limit } })),
  own("listLeakedTokens", "guest", (ctx) => listLeakedTokens({ ctx, input: {} })),
  {
    name: "reportLeaks",
    by: "guest",
    stranger: "own",
    run: (ctx) => reportLeaks({ ctx, input: { found: [JUNK] } }),
  },
  {
    name: "reportFoundKey",
    by: "guest",
    stranger: "link",
    run: (ctx) => reportFoundKey({ ctx, input: { key: "lk_live_junk", where: "" } }),
    quiet: true,
  },
  {
    name: "listNotifications",
    by: "owner",
    stranger: "own",
    run: (ctx) => listNotifications({ ctx, input: { limit, unread: false } }),
  },
  own("countUnreadNotifications", "owner", (ctx) => countUnreadNotifications({ ctx, input: {} })),
  {
    name: "markNotificationsRead",
    by: "developer",
    stranger: "own",
    run: (ctx, { eventId }) => markNotificationsRead({ ctx, input: { upTo: eventId } }),
    quiet: true,
  },
  {
    name: "createProject",
    by: "guest",
    stranger: "own",
    run: (ctx) => createProject({ ctx, input: { name: "Mine" } }),
    leaves: { audit: "project.created", changes: [] },
  },
  {
    name: "createManagementToken",
    token: "never",
    by: "guest",
    stranger: "own",
    run: (ctx) => createManagementToken({ ctx, input: { name: "mine" } }),
    leaves: { audit: "managementToken.created", changes: [], projectId: null },
  },
  {
    name: "revokeManagementToken",
    by: "owner",
    stranger: "not-found",
    run: (ctx, { managementTokenId }) => revokeManagementToken({ ctx, input: { managementTokenId } }),
    leaves: { audit: "managementToken.revoked", changes: [], projectId: null },
  },
  {
    name: "rotateManagementToken",
    token: "never",
    by: "owner",
    stranger: "not-found",
    run: (ctx, { managementTokenId }) =>
      rotateManagementToken({ ctx, input: { managementTokenId, overlapSeconds: 60 } }),
    leaves: { audit: "managementToken.rotated", changes: [], projectId: null },
  },
  {
    name: "endManagementTokenOverlap",
    by: "owner",
    stranger: "not-found",
    prepare: ({ db }, { managementTokenId }) =>
      db.write(({ q, t }) =>
        q
          .update(t.managementTokens)
          .set({ olderHash: "older", olderHint: "lk_mgt_older", olderEndsAt: START + 86_400_000 })
          .where(eq(t.managementTokens.id, managementTokenId)),
      ),
    run: (ctx, { managementTokenId }) => endManagementTokenOverlap({ ctx, input: { managementTokenId } }),
    leaves: { audit: "managementToken.secret-ended", changes: [], projectId: null },
  },
  {
    name: "acceptInvitation",
    token: "members:write",
    by: "guest",
    stranger: "forbidden",
    run: (ctx, { invitationToken }) => acceptInvitation({ ctx, input: { token: invitationToken } }),
    leaves: { audit: "member.joined", changes: [] },
  },
  {
    name: "readInvitation",
    by: "guest",
    stranger: "link",
    run: (ctx, { invitationToken }) => readInvitation({ ctx, input: { token: invitationToken } }),
  },
];

/** Verbs of the site: for administrators, and for every user's own data. */
export const SITE_VERBS: VerbRow[] = [...SCIM_VERBS, ...ADMIN_VERBS, ...OWN_VERBS];
