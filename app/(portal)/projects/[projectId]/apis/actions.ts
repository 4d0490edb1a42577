"use server";

import { disableApi as disable } from "#domain/catalog/enablement/disable.ts";
import { enableApi as enable } from "#domain/catalog/enablement/enable.ts";
import { projectApiSchema } from "#domain/catalog/enablement/schemas.ts";
import { action } from "#server/action.ts";

export const enableApi = action(projectApiSchema, enable);
export const disableApi = action(projectApiSchema, disable);
