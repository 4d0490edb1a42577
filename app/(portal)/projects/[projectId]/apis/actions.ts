"use server";

import { disableApi as disable } from "#domain/catalog/enablement/disable.ts";
import { enableApi as enable } from "#domain/catalog/enablement/enable.ts";
import { projectApiRefSchema } from "#domain/catalog/enablement/schema.ts";
import { action } from "#server/action.ts";

export const enableApi = action(projectApiRefSchema, enable);
export const disableApi = action(projectApiRefSchema, disable);
