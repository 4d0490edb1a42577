"use server";

import { findAnything } from "#domain/search/find.ts";
import { findAnythingSchema } from "#domain/search/schemas.ts";
import { readAction } from "#server/action.ts";

export const search = readAction(findAnythingSchema, findAnything);
