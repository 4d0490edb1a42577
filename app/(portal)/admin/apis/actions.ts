"use server";

import { createApi as create } from "#domain/catalog/apis/create.ts";
import { deleteApi as remove } from "#domain/catalog/apis/delete.ts";
import { apiRefSchema, createApiSchema, updateApiSchema } from "#domain/catalog/apis/schema.ts";
import { updateApi as update } from "#domain/catalog/apis/update.ts";
import { action } from "#server/action.ts";

export const createApi = action(createApiSchema, create);
export const updateApi = action(updateApiSchema, update);
/** The page is not rendered again: its API is gone. */
export const deleteApi = action(apiRefSchema, remove, { revalidate: false });
