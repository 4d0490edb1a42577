"use server";

import { changeMatchingKeys } from "#domain/keys/change-matching.ts";
import { changeKeysSchema } from "#domain/keys/schema.ts";
import { action } from "#server/action.ts";

export const revokeCustomerKeys = action(changeKeysSchema, changeMatchingKeys, { stepUp: true });
