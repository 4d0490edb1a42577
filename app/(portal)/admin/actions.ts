"use server";

import type { TokenRotation } from "#components/tokens/rotate-form.tsx";
import { inviteToSite as inviteToSiteVerb } from "#domain/access/accounts/invite-to-site.ts";
import { inviteToSiteSchema } from "#domain/access/accounts/schema.ts";
import { revokeAnyManagementToken as revokeAnyManagementTokenVerb } from "#domain/access/management-tokens/all.ts";
import { managementTokenRefSchema } from "#domain/access/management-tokens/schema.ts";
import { setPoliciesSchema } from "#domain/access/policies/schema.ts";
import { setPolicies as setPoliciesVerb } from "#domain/access/policies/set.ts";
import { createServiceToken as createServiceTokenVerb } from "#domain/access/service-tokens/create.ts";
import { revokeServiceToken as revokeServiceTokenVerb } from "#domain/access/service-tokens/revoke.ts";
import {
  endServiceTokenOverlap as endServiceTokenOverlapVerb,
  rotateServiceToken as rotateServiceTokenVerb,
} from "#domain/access/service-tokens/rotate.ts";
import {
  createServiceTokenSchema,
  rotateServiceTokenSchema,
  serviceTokenRefSchema,
  updateServiceTokenSchema,
} from "#domain/access/service-tokens/schema.ts";
import { updateServiceToken as updateServiceTokenVerb } from "#domain/access/service-tokens/update.ts";
import { setUserEmail as setUserEmailVerb } from "#domain/admin/change-email.ts";
import { deleteUser as deleteUserVerb } from "#domain/admin/delete-user.ts";
import { sendPasswordReset as sendPasswordResetVerb } from "#domain/admin/reset-password.ts";
import {
  setSiteRoleSchema,
  setUserEmailSchema,
  userRefSchema,
  userSessionRefSchema,
} from "#domain/admin/schema.ts";
import { resetSecondFactors as resetSecondFactorsVerb } from "#domain/admin/second-factors.ts";
import {
  endUserSessions as endUserSessionsVerb,
  endUserSession as endUserSessionVerb,
} from "#domain/admin/sessions.ts";
import {
  disableUser as disableUserVerb,
  enableUser as enableUserVerb,
  setSiteRole as setSiteRoleVerb,
} from "#domain/admin/users.ts";
import { createApi as createApiVerb } from "#domain/catalog/apis/create.ts";
import { deleteApi as deleteApiVerb } from "#domain/catalog/apis/delete.ts";
import { apiRefSchema, createApiSchema, updateApiSchema } from "#domain/catalog/apis/schema.ts";
import { updateApi as updateApiVerb } from "#domain/catalog/apis/update.ts";
import {
  approveAccess as approveAccessVerb,
  declineAccess as declineAccessVerb,
} from "#domain/catalog/enablement/decide.ts";
import { decideAccessSchema } from "#domain/catalog/enablement/schema.ts";
import {
  applyFollowedDocument as applyFollowedDocumentVerb,
  checkFollowedDocument as checkFollowedDocumentVerb,
  createFollowedApi as createFollowedApiVerb,
  declineFollowedDocument as declineFollowedDocumentVerb,
  followDocument as followDocumentVerb,
  previewDocumentAt as previewDocumentAtVerb,
  unfollowDocument as unfollowDocumentVerb,
} from "#domain/catalog/followed-documents/follow.ts";
import {
  createFollowedApiSchema,
  followDocumentSchema,
  foundDocumentSchema,
  previewDocumentAtSchema,
} from "#domain/catalog/followed-documents/schema.ts";
import {
  deleteGuide as deleteGuideVerb,
  saveChangelog as saveChangelogVerb,
  saveGuide as saveGuideVerb,
} from "#domain/catalog/reference/guides.ts";
import { guideRefSchema, saveChangelogSchema, saveGuideSchema } from "#domain/catalog/reference/schema.ts";
import { dryRunUnused as dryRunUnusedVerb } from "#domain/keys/lifecycle/daily/unused-dry-run.ts";
import { dryRunSiteKeyRules as dryRunSiteKeyRulesVerb } from "#domain/keys/lifecycle/rules/dry-run.ts";
import {
  endRuleExemption as endRuleExemptionVerb,
  exemptFromRules as exemptFromRulesVerb,
} from "#domain/keys/lifecycle/rules/exempt.ts";
import { dryRunSiteKeyRulesSchema, exemptFromRulesSchema } from "#domain/keys/lifecycle/rules/schema.ts";
import { dryRunSiteSecretAge as dryRunSiteSecretAgeVerb } from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import { dryRunSiteSecretAgeSchema } from "#domain/keys/lifecycle/secret-age/schema.ts";
import { previewSweep as previewSweepVerb } from "#domain/keys/lifecycle/sweeps/preview.ts";
import { previewSweepSchema, sweepRefSchema } from "#domain/keys/lifecycle/sweeps/schema.ts";
import {
  startSweep as startSweepVerb,
  undoSweep as undoSweepVerb,
} from "#domain/keys/lifecycle/sweeps/start.ts";
import {
  endExemption as endExemptionVerb,
  exemptKey as exemptKeyVerb,
} from "#domain/keys/lifecycle/unused/exempt.ts";
import {
  dryRunUnusedSchema,
  endExemptionSchema,
  exemptKeySchema,
} from "#domain/keys/lifecycle/unused/schema.ts";
import { createPlan as createPlanVerb } from "#domain/plans/create.ts";
import { deletePlan as deletePlanVerb } from "#domain/plans/delete.ts";
import {
  removePlanOverride as removePlanOverrideVerb,
  setPlanOverride as setPlanOverrideVerb,
} from "#domain/plans/override.ts";
import {
  createPlanSchema,
  planRefSchema,
  setPlanOverrideSchema,
  subscriptionRefSchema,
  updatePlanSchema,
} from "#domain/plans/schema.ts";
import { updatePlan as updatePlanVerb } from "#domain/plans/update.ts";
import { suspendProjectSchema } from "#domain/projects/schema.ts";
import {
  resumeProject as resumeProjectVerb,
  suspendProject as suspendProjectVerb,
} from "#domain/projects/suspend.ts";
import { action, createAction, formText } from "#server/action.ts";
import { getServices } from "#server/context.ts";
import { fetchDocument } from "#server/outgoing/fetch-document.ts";

export const createApi = action(createApiSchema, createApiVerb);
export const updateApi = action(updateApiSchema, updateApiVerb);

/** Replaces the projects that an API with the visibility `projects` is opened to. */
export async function setApiAudience(slug: string, visibleTo: string[]) {
  return updateApi({ slug, visibleTo });
}

/** Reads a document with the rules for addresses of this site. */
async function readDocument(url: string) {
  const { settings } = await getServices();
  return fetchDocument(url, { toPrivate: settings.apisToPrivate });
}

export const followDocument = action(followDocumentSchema, (call) =>
  followDocumentVerb({ ...call, fetchDocument: readDocument }),
);
export const createFollowedApi = action(createFollowedApiSchema, async (call) => {
  const { slug } = await createFollowedApiVerb({ ...call, fetchDocument: readDocument });
  return { slug };
});
export const previewDocumentAt = action(
  previewDocumentAtSchema,
  (call) => previewDocumentAtVerb({ ...call, fetchDocument: readDocument }),
  { revalidate: false },
);
export const checkFollowedDocument = action(apiRefSchema, (call) =>
  checkFollowedDocumentVerb({ ...call, fetchDocument: readDocument }),
);
export const unfollowDocument = action(apiRefSchema, unfollowDocumentVerb);
export const applyFollowedDocument = action(foundDocumentSchema, async (call) => {
  const { slug } = await applyFollowedDocumentVerb(call);
  return { slug };
});
export const declineFollowedDocument = action(foundDocumentSchema, declineFollowedDocumentVerb);

export const saveGuide = action(saveGuideSchema, saveGuideVerb);
export const createPlan = action(createPlanSchema, createPlanVerb);
export const updatePlan = action(updatePlanSchema, updatePlanVerb);
export const deletePlan = action(planRefSchema, deletePlanVerb);
export const setPlanOverride = action(setPlanOverrideSchema, setPlanOverrideVerb);
export const removePlanOverride = action(subscriptionRefSchema, removePlanOverrideVerb);
export const deleteGuide = action(guideRefSchema, deleteGuideVerb);
export const saveChangelog = action(saveChangelogSchema, saveChangelogVerb);
/** The page is not rendered again: its API is gone. */
export const deleteApi = action(apiRefSchema, deleteApiVerb, { revalidate: false, stepUp: true });

const approveAction = action(decideAccessSchema, approveAccessVerb);
const declineAction = action(decideAccessSchema, declineAccessVerb);

interface AccessRequest {
  projectId: string;
  slug: string;
}

export async function approveAccess(request: AccessRequest, data: FormData) {
  return approveAction({ ...request, message: formText(data, "message") });
}

export async function declineAccess(request: AccessRequest, data: FormData) {
  return declineAction({ ...request, message: formText(data, "message") });
}

export const setPolicies = action(setPoliciesSchema, setPoliciesVerb, { stepUp: true });
export const dryRunKeyRules = action(dryRunSiteKeyRulesSchema, dryRunSiteKeyRulesVerb, { revalidate: false });
export const exemptFromRules = action(exemptFromRulesSchema, exemptFromRulesVerb, { stepUp: true });
export const endRuleExemption = action(endExemptionSchema, endRuleExemptionVerb);
export const dryRunUnused = action(dryRunUnusedSchema, dryRunUnusedVerb, { revalidate: false });
export const dryRunSecretAge = action(dryRunSiteSecretAgeSchema, dryRunSiteSecretAgeVerb, {
  revalidate: false,
});

const suspendAction = action(suspendProjectSchema, suspendProjectVerb, { stepUp: true });

export async function suspendProject(project: { projectId: string }, data: FormData) {
  return suspendAction({ ...project, reason: formText(data, "reason") });
}

const resumeAction = action(suspendProjectSchema, resumeProjectVerb);

export async function resumeProject(project: { projectId: string }) {
  return resumeAction(project);
}

export const createServiceToken = createAction(
  "service-token",
  createServiceTokenSchema,
  createServiceTokenVerb,
);
export const revokeServiceToken = action(serviceTokenRefSchema, revokeServiceTokenVerb);
export const updateServiceToken = action(updateServiceTokenSchema, updateServiceTokenVerb, {
  stepUp: true,
});
export const endServiceTokenOverlap = action(serviceTokenRefSchema, endServiceTokenOverlapVerb);

const rotateServiceTokenAction = createAction(
  "service-token-rotation",
  rotateServiceTokenSchema,
  rotateServiceTokenVerb,
);

export async function rotateServiceToken(serviceTokenId: string, rotation: TokenRotation, key: string) {
  return rotateServiceTokenAction({ ...rotation, serviceTokenId }, key);
}

export const revokeAnyManagementToken = action(managementTokenRefSchema, revokeAnyManagementTokenVerb);

/** The page is not rendered again: the preview opens next. */
export const previewSweep = action(previewSweepSchema, previewSweepVerb, { revalidate: false });
export const startSweep = action(sweepRefSchema, startSweepVerb, { stepUp: true });
export const undoSweep = action(sweepRefSchema, undoSweepVerb);
export const exemptKey = action(exemptKeySchema, exemptKeyVerb, { stepUp: true });
export const endExemption = action(endExemptionSchema, endExemptionVerb);

export const inviteToSite = createAction("site-invitation", inviteToSiteSchema, inviteToSiteVerb, {
  stepUp: false,
});
export const setSiteRole = action(setSiteRoleSchema, setSiteRoleVerb, { stepUp: true });
export const disableUser = action(userRefSchema, disableUserVerb, { stepUp: true });
export const enableUser = action(userRefSchema, enableUserVerb, { stepUp: true });
/** The page is not rendered again: its user is gone. */
export const deleteUser = action(userRefSchema, deleteUserVerb, { revalidate: false, stepUp: true });
export const setUserEmail = action(setUserEmailSchema, setUserEmailVerb, { stepUp: true });
export const sendPasswordReset = action(userRefSchema, sendPasswordResetVerb, {
  revalidate: false,
  stepUp: true,
});
export const endUserSession = action(userSessionRefSchema, endUserSessionVerb, { stepUp: true });
export const endUserSessions = action(userRefSchema, endUserSessionsVerb, { stepUp: true });
export const resetSecondFactors = action(userRefSchema, resetSecondFactorsVerb, { stepUp: true });
