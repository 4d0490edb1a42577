"use server";

import { setKeyRules as setRules } from "#domain/access/policies/project-key-rules.ts";
import { setKeyRulesSchema } from "#domain/access/policies/schema.ts";
import { disableApi as disable } from "#domain/catalog/enablement/disable.ts";
import { enableApi as enable } from "#domain/catalog/enablement/enable.ts";
import { enableApiSchema, projectApiRefSchema } from "#domain/catalog/enablement/schema.ts";
import { dryRunKeyRules as tryRules } from "#domain/keys/lifecycle/rules/dry-run.ts";
import { dryRunKeyRulesSchema } from "#domain/keys/lifecycle/rules/schema.ts";
import { dryRunSecretAge as tryAge } from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import { dryRunSecretAgeSchema, setSecretAgeSchema } from "#domain/keys/lifecycle/secret-age/schema.ts";
import { setSecretAge as setAge } from "#domain/keys/lifecycle/secret-age/set.ts";
import { startTrySchema } from "#domain/keys/try-it/schema.ts";
import { startTry as start } from "#domain/keys/try-it/session.ts";
import { cancelPlanChange as cancelChange, changePlan as change } from "#domain/plans/change.ts";
import { changePlanSchema, subscriptionRefSchema } from "#domain/plans/schema.ts";
import { createProject as create } from "#domain/projects/create.ts";
import { deleteProject as remove } from "#domain/projects/delete.ts";
import {
  createProjectSchema,
  projectRefSchema,
  setCeilingSchema,
  updateProjectSchema,
} from "#domain/projects/schema.ts";
import { setCeiling as ceiling } from "#domain/projects/set-ceiling.ts";
import { updateProject as update } from "#domain/projects/update.ts";
import { action, createAction, formText } from "#server/action.ts";

export const createProject = createAction("project", createProjectSchema, create, { stepUp: false });
export const updateProject = action(updateProjectSchema, update);
export const setCeiling = action(setCeilingSchema, ceiling);
/** The page is not rendered again: its project is gone. */
export const deleteProject = action(projectRefSchema, remove, { revalidate: false });

export const enableApi = action(enableApiSchema, enable);
export const disableApi = action(projectApiRefSchema, disable);

/** A dialog asks for the reason, if an administrator must approve the plan. */
export async function enableWithPlan(
  request: { projectId: string; slug: string; plan: string },
  data: FormData,
) {
  const reason = formText(data, "reason");
  return enableApi({ ...request, ...(reason && { reason }) });
}

const changePlanAction = action(changePlanSchema, change);

/** A dialog asks when the change takes effect, if the project has a plan already. */
export async function changePlan(
  request: { projectId: string; slug: string; plan: string; replaceScheduled: boolean },
  data: FormData,
) {
  const takesEffect = formText(data, "takesEffect") === "period-end" ? "period-end" : "now";
  return changePlanAction({ ...request, takesEffect });
}

export const cancelPlanChange = action(subscriptionRefSchema, cancelChange);

/** The page is not rendered again: it would lose what was entered. */
export const startTry = action(startTrySchema, start, { revalidate: false, stepUp: true });

export const setSecretAge = action(setSecretAgeSchema, setAge, { stepUp: true });
export const setKeyRules = action(setKeyRulesSchema, setRules, { stepUp: true });
export const dryRunKeyRules = action(dryRunKeyRulesSchema, tryRules, { revalidate: false });
export const dryRunSecretAge = action(dryRunSecretAgeSchema, tryAge, { revalidate: false });
