"use server";

import { setPoliciesSchema } from "#domain/access/policies/schema.ts";
import { setPolicies as set } from "#domain/access/policies/set.ts";
import { dryRunUnused as previewUnused } from "#domain/keys/lifecycle/daily/unused-dry-run.ts";
import { dryRunSiteSecretAge as previewSecretAge } from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import { dryRunSiteSecretAgeSchema } from "#domain/keys/lifecycle/secret-age/schema.ts";
import { dryRunUnusedSchema } from "#domain/keys/lifecycle/unused/schema.ts";
import { action } from "#server/action.ts";

export const setPolicies = action(setPoliciesSchema, set);
export const dryRunUnused = action(dryRunUnusedSchema, previewUnused, { revalidate: false });
export const dryRunSecretAge = action(dryRunSiteSecretAgeSchema, previewSecretAge, { revalidate: false });
