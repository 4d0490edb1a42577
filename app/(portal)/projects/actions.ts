"use server";

import { createProject as create } from "#domain/projects/create.ts";
import { createProjectSchema } from "#domain/projects/schema.ts";
import { createAction } from "#server/action.ts";

export const createProject = createAction("project", createProjectSchema, create);
