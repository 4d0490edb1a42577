"use server";

import { importKeys as importSome } from "#domain/keys/import/import.ts";
import { importKeysSchema } from "#domain/keys/import/schema.ts";
import { action } from "#server/action.ts";

/** The page is not rendered again after each part of a file. */
export const importKeys = action(importKeysSchema, importSome, { revalidate: false, stepUp: true });
