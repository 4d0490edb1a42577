"use server";

import { findAnything } from "#domain/search/find.ts";
import { findAnythingInput } from "#domain/search/schemas.ts";
import { readAction } from "#server/action.ts";

export const search = readAction(findAnythingInput, findAnything);
