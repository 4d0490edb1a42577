"use server";

import { enableApi as enable } from "#domain/catalog/enablement/enable.ts";
import { projectApiSchema } from "#domain/catalog/enablement/schemas.ts";
import { action } from "#server/action.ts";

export const enableApi = action(projectApiSchema, enable);
