"use server";

import { dryRunUnusedSchema, dryRunUnused as tryOut } from "#domain/care/dryRun.ts";
import { setPoliciesSchema } from "#domain/policies/schemas.ts";
import { setPolicies as set } from "#domain/policies/set.ts";
import { dryRunSiteSecretAgeSchema, dryRunSiteSecretAge as tryAge } from "#domain/secretAge/dryRun.ts";
import { action, readAction } from "#server/action.ts";

export const setPolicies = action(setPoliciesSchema, set);
export const dryRunUnused = readAction(dryRunUnusedSchema, tryOut);
export const dryRunSecretAge = readAction(dryRunSiteSecretAgeSchema, tryAge);
