"use server";

import { setPoliciesSchema } from "#domain/access/policies/schema.ts";
import { setPolicies as set } from "#domain/access/policies/set.ts";
import { dryRunUnusedSchema, dryRunUnused as tryOut } from "#domain/keys/lifecycle/daily/dry-run.ts";
import {
  dryRunSiteSecretAgeSchema,
  dryRunSiteSecretAge as tryAge,
} from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import { action, readAction } from "#server/action.ts";

export const setPolicies = action(setPoliciesSchema, set);
export const dryRunUnused = readAction(dryRunUnusedSchema, tryOut);
export const dryRunSecretAge = readAction(dryRunSiteSecretAgeSchema, tryAge);
