"use server";

import { markNoticesRead } from "#domain/notices/markRead.ts";
import { markReadSchema } from "#domain/notices/schemas.ts";
import { readAction } from "#server/action.ts";

/** The page is not read anew by this: what was new stays marked until one comes back. */
export const markRead = readAction(markReadSchema, markNoticesRead);
