"use server";

import { enableApi as enable } from "#domain/enablement/enable.ts";
import { projectApiSchema } from "#domain/enablement/schemas.ts";
import { action } from "#server/action.ts";

export const enableApi = action(projectApiSchema, enable);
