import { eq } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import { listAllManagementTokens, revokeAnyManagementToken } from "#domain/access/management-tokens/all.ts";
import { setPolicies } from "#domain/access/policies/set.ts";
import { createServiceToken } from "#domain/access/service-tokens/create.ts";
import { listServiceTokens } from "#domain/access/service-tokens/list.ts";
import { revokeServiceToken } from "#domain/access/service-tokens/revoke.ts";
import { endServiceTokenOverlap, rotateServiceToken } from "#domain/access/service-tokens/rotate.ts";
import { updateServiceToken } from "#domain/access/service-tokens/update.ts";
import { listAllKeys, listAllKeysForPage, revokeKeys } from "#domain/admin/keys.ts";
import { readSiteOverview } from "#domain/admin/overview.ts";
import { listVerifiers } from "#domain/admin/verifiers.ts";
import { getBranding, setBranding, setLogo, setMailTemplate } from "#domain/branding/set.ts";
import { createApi, previewOpenApi } from "#domain/catalog/apis/create.ts";
import { deleteApi } from "#domain/catalog/apis/delete.ts";
import { getApiToChange } from "#domain/catalog/apis/list.ts";
import { createApiSchema } from "#domain/catalog/apis/schema.ts";
import { updateApi } from "#domain/catalog/apis/update.ts";
import { getApiAudience } from "#domain/catalog/apis/visibility.ts";
import { approveAccess, declineAccess } from "#domain/catalog/enablement/decide.ts";
import { listPendingAccess } from "#domain/catalog/enablement/pending.ts";
import { deleteGuide, saveChangelog, saveGuide } from "#domain/catalog/reference/guides.ts";
import type { Ctx } from "#domain/context.ts";
import { dryRunUnused } from "#domain/keys/lifecycle/daily/unused-dry-run.ts";
import { dryRunSiteKeyRules } from "#domain/keys/lifecycle/rules/dry-run.ts";
import { endRuleExemption, exemptFromRules } from "#domain/keys/lifecycle/rules/exempt.ts";
import { listExemptions } from "#domain/keys/lifecycle/rules/list-exemptions.ts";
import { listExemptionsSchema } from "#domain/keys/lifecycle/rules/schema.ts";
import { dryRunSiteSecretAge } from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import { previewSweep } from "#domain/keys/lifecycle/sweeps/preview.ts";
import { getSweep, listSweeps, listSweptKeys } from "#domain/keys/lifecycle/sweeps/read.ts";
import { runSweeps } from "#domain/keys/lifecycle/sweeps/run-sweeps.ts";
import { previewSweepSchema } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { startSweep, undoSweep } from "#domain/keys/lifecycle/sweeps/start.ts";
import { endExemption, exemptKey } from "#domain/keys/lifecycle/unused/exempt.ts";
import { listUnusedKeys } from "#domain/keys/lifecycle/unused/list.ts";
import { listUnusedSchema } from "#domain/keys/lifecycle/unused/schema.ts";
import { getDeletedProject, listDeletedProjects } from "#domain/projects/list-deleted.ts";
import { setCeiling } from "#domain/projects/set-ceiling.ts";
import { resumeProject, suspendProject } from "#domain/projects/suspend.ts";
import { siteUsageCsv } from "#domain/usage/csv.ts";
import { readSiteUsage } from "#domain/usage/site.ts";
import { START } from "../people.ts";
import { BILLING_VERBS } from "./billing-verbs.ts";
import { SITE_WEBHOOK_VERBS } from "./site-webhook-verbs.ts";
import { USER_VERBS } from "./user-verbs.ts";
import { forAdmins, type VerbRow } from "./verb-row.ts";

const limit = 50;

const SWEEP = previewSweepSchema.parse({ filter: { unusedForDays: 30 }, reason: "nobody uses them" });

const aYearOn = (ctx: Ctx): Ctx => ({ ...ctx, now: () => START + 366 * DAY_MS });

const openapi = { openapi: "3.1.0", info: { title: "New", version: "1" }, paths: {} };

/** A PNG of 16 by 16 pixels, as far as its header. */
const LOGO = Buffer.from(
  "89504e470d0a1a0a0000000d4948445200000010000000100806000000000000000000000049444154",
  "hex",
).toString("base64");

const TEMPLATE = { subject: "{subject} · Acme", intro: "", footer: "" };

/** Never with a management token. */
const signedIn = (row: VerbRow): VerbRow => ({ ...row, token: "never" });

/** The verbs of administrators. */
export const ADMIN_VERBS: VerbRow[] = [
  ...SITE_WEBHOOK_VERBS,
  ...USER_VERBS,
  ...BILLING_VERBS,
  forAdmins("readSiteOverview", (ctx) => readSiteOverview({ ctx, input: {} })),
  forAdmins("readSiteUsage", (ctx) => readSiteUsage({ ctx, input: {} })),
  forAdmins("siteUsageCsv", (ctx) => siteUsageCsv({ ctx, input: {} })),
  forAdmins("listVerifiers", (ctx) => listVerifiers({ ctx, input: {} })),
  forAdmins("listDeletedProjects", (ctx) => listDeletedProjects({ ctx, input: { limit } })),
  forAdmins("getDeletedProject", (ctx, { deletedProjectId }) =>
    getDeletedProject({ ctx, input: { projectId: deletedProjectId } }),
  ),
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
  forAdmins("dryRunSiteKeyRules", (ctx) => dryRunSiteKeyRules({ ctx, input: {} })),
  forAdmins("listExemptions", (ctx) => listExemptions({ ctx, input: listExemptionsSchema.parse({}) })),
  forAdmins(
    "exemptFromRules",
    (ctx, { keyId }) => exemptFromRules({ ctx, input: { keyId, reason: "kept", until: START + 90_000_000 } }),
    { audit: "key.rules-exempted", changes: ["key"] },
  ),
  {
    ...forAdmins("endRuleExemption", (ctx, { keyId }) => endRuleExemption({ ctx, input: { keyId } }), {
      audit: "key.rules-exemption-ended",
      changes: [],
    }),
    prepare: (ctx, { keyId }) =>
      exemptFromRules({ ctx, input: { keyId, reason: "kept", until: START + 90_000_000 } }),
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
      await runSweeps({ read: ctx.db.read, contextFor: () => ctx, clock: () => 0 });
    },
  },
  {
    ...forAdmins(
      "setPolicies",
      (ctx) => setPolicies({ ctx, input: { liveKeysNeedApplicationRestriction: true } }),
      { audit: "policies.updated", changes: [], projectId: null },
    ),
    loosen: (ctx) => setPolicies({ ctx, input: { liveKeysNeedApplicationRestriction: false } }),
  },
  signedIn(forAdmins("getBranding", (ctx) => getBranding({ ctx }))),
  signedIn(
    forAdmins("setBranding", (ctx) => setBranding({ ctx, input: { name: "Acme" } }), {
      audit: "branding.updated",
      changes: [],
      projectId: null,
    }),
  ),
  signedIn(
    forAdmins("setLogo", (ctx) => setLogo({ ctx, input: { data: LOGO } }), {
      audit: "branding.logo-changed",
      changes: [],
      projectId: null,
    }),
  ),
  signedIn(
    forAdmins(
      "setMailTemplate",
      (ctx) => setMailTemplate({ ctx, input: { kind: "invitation", template: TEMPLATE } }),
      { audit: "branding.mail-changed", changes: [], projectId: null },
    ),
  ),
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
  forAdmins("getApiToChange", (ctx) => getApiToChange({ ctx, input: { slug: "badges" } })),
  forAdmins("getApiAudience", (ctx) => getApiAudience({ ctx, input: { slug: "badges" } })),
  forAdmins(
    "saveGuide",
    (ctx) => saveGuide({ ctx, input: { slug: "badges", guide: "next", title: "Next", body: "Hi" } }),
    { audit: "guide.created", changes: [], projectId: null },
  ),
  forAdmins("deleteGuide", (ctx) => deleteGuide({ ctx, input: { slug: "badges", guide: "start" } }), {
    audit: "guide.deleted",
    changes: [],
    projectId: null,
  }),
  forAdmins("saveChangelog", (ctx) => saveChangelog({ ctx, input: { slug: "badges", body: "Hi" } }), {
    audit: "changelog.updated",
    changes: [],
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
          .set({ olderHash: "older", olderHint: "lk_svc_older", olderEndsAt: START + DAY_MS })
          .where(eq(t.serviceTokens.id, serviceTokenId)),
      ),
  },
];
