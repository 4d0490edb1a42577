"use server";

import { setCeilingSchema, updateProjectSchema } from "#domain/projects/schema.ts";
import { setCeiling as ceiling } from "#domain/projects/set-ceiling.ts";
import { updateProject } from "#domain/projects/update.ts";
import { action } from "#server/action.ts";

export const setLimits = action(updateProjectSchema, updateProject);
export const setCeiling = action(setCeilingSchema, ceiling);
