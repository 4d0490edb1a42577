"use server";

import { createProject as create } from "#domain/projects/create.ts";
import { createProjectSchema } from "#domain/projects/schemas.ts";
import { action } from "#server/action.ts";

export const createProject = action(createProjectSchema, create);
