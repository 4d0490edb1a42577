"use server";

import { markNotificationsRead } from "#domain/notifications/mark-read.ts";
import { markReadSchema } from "#domain/notifications/schema.ts";
import { action } from "#server/action.ts";

/** The page is not rendered again: new entries stay highlighted until the user comes back. */
export const markRead = action(markReadSchema, markNotificationsRead, { revalidate: false });
