"use server";

import { setPoliciesSchema } from "#domain/policies/schemas.ts";
import { setPolicies as set } from "#domain/policies/set.ts";
import { action } from "#server/action.ts";

export const setPolicies = action(setPoliciesSchema, set);
