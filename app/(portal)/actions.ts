"use server";

import { findAnything } from "#domain/search/find.ts";
import { findAnythingSchema } from "#domain/search/schema.ts";
import { action, recallAction } from "#server/action.ts";

export const search = action(findAnythingSchema, findAnything, { revalidate: false });

/** What became of an attempt of a form that creates, whose answer did not arrive. */
export const recallAttempt = recallAction;
