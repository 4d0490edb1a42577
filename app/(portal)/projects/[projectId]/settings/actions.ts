"use server";

import { dryRunSecretAge as tryAge } from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import { dryRunSecretAgeSchema, setSecretAgeSchema } from "#domain/keys/lifecycle/secret-age/schema.ts";
import { setSecretAge as setAge } from "#domain/keys/lifecycle/secret-age/set.ts";
import { deleteProject as remove } from "#domain/projects/delete.ts";
import { projectRefSchema, updateProjectSchema } from "#domain/projects/schema.ts";
import { updateProject as update } from "#domain/projects/update.ts";
import { action } from "#server/action.ts";

export const updateProject = action(updateProjectSchema, update);
/** The page is not rendered again: its project is gone. */
export const deleteProject = action(projectRefSchema, remove, { revalidate: false });
export const setSecretAge = action(setSecretAgeSchema, setAge);
export const dryRunSecretAge = action(dryRunSecretAgeSchema, tryAge, { revalidate: false });
