import { setUserEmail } from "#domain/admin/change-email.ts";
import { deleteUser } from "#domain/admin/delete-user.ts";
import { sendPasswordReset } from "#domain/admin/reset-password.ts";
import { countMissingFactors, getUserFactors, resetSecondFactors } from "#domain/admin/second-factors.ts";
import { endUserSession, endUserSessions, listUserSessions } from "#domain/admin/sessions.ts";
import { disableUser, enableUser, getUser, listUsers, setSiteRole } from "#domain/admin/users.ts";
import { START } from "../people.ts";
import { forAdmins, type VerbRow } from "./verb-row.ts";

const limit = 50;

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

/** The verbs of administrators on the accounts of users. */
export const USER_VERBS: VerbRow[] = [
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
];
