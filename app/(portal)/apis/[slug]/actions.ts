"use server";

import { enableApi as enable } from "#domain/catalog/enablement/enable.ts";
import { projectApiRefSchema } from "#domain/catalog/enablement/schema.ts";
import { action } from "#server/action.ts";

export const enableApi = action(projectApiRefSchema, enable);
