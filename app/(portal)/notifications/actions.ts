"use server";

import { markNoticesRead } from "#domain/notifications/mark-read.ts";
import { markReadSchema } from "#domain/notifications/schema.ts";
import { readAction } from "#server/action.ts";

/** The page is not read anew by this: what was new stays marked until one comes back. */
export const markRead = readAction(markReadSchema, markNoticesRead);
