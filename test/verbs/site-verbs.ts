import { eq } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import { readMe } from "#domain/access/accounts/me.ts";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { listManagementTokens } from "#domain/access/management-tokens/list.ts";
import { revokeManagementToken } from "#domain/access/management-tokens/revoke.ts";
import { endManagementTokenOverlap, rotateManagementToken } from "#domain/access/management-tokens/rotate.ts";
import { acceptInvitation, readInvitation } from "#domain/access/members/accept.ts";
import { getPolicies } from "#domain/access/policies/read.ts";
import { listOwnEvents } from "#domain/access/security/own-events.ts";
import { findOperations } from "#domain/catalog/apis/find-operations.ts";
import {
  getApi,
  getApiForPage,
  listApiNames,
  listApiSummaries,
  listApis,
} from "#domain/catalog/apis/list.ts";
import { listLeakedTokens } from "#domain/keys/leaks/list-tokens.ts";
import { reportFoundKey, reportLeaks } from "#domain/keys/leaks/report.ts";
import { countUnreadNotifications, listNotifications } from "#domain/notifications/list.ts";
import { markNotificationsRead } from "#domain/notifications/mark-read.ts";
import { createProject } from "#domain/projects/create.ts";
import { listProjects } from "#domain/projects/list.ts";
import { search } from "#domain/search/search.ts";
import { projectSparklines } from "#domain/usage/project-sparklines.ts";
import { START } from "../people.ts";
import { ADMIN_VERBS } from "./admin-verbs.ts";
import { FOLLOWED_DOCUMENT_VERBS } from "./followed-document-verbs.ts";
import { PLAN_VERBS } from "./plan-verbs.ts";
import { REFERENCE_VERBS } from "./reference-verbs.ts";
import { SCIM_VERBS } from "./scim-verbs.ts";
import type { VerbRow } from "./verb-row.ts";

const limit = 50;

const JUNK = { token: "lk_live_junk", type: "", url: "", source: "" };

const own = (name: string, by: VerbRow["by"], run: VerbRow["run"]): VerbRow => ({
  name,
  run,
  by,
  stranger: "own",
});

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
    name: "search",
    by: "viewer",
    stranger: "own",
    run: (ctx) => search({ ctx, input: { query: "pl" } }),
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
  ...FOLLOWED_DOCUMENT_VERBS,
  ...REFERENCE_VERBS,
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
          .set({ olderHash: "older", olderHint: "lk_mgt_older", olderEndsAt: START + DAY_MS })
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

/** The verbs that belong to no project. */
export const SITE_VERBS: VerbRow[] = [...SCIM_VERBS, ...ADMIN_VERBS, ...PLAN_VERBS, ...OWN_VERBS];
