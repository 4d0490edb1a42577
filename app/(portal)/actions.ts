"use server";

import { redirect } from "next/navigation";
import { markNotificationsRead } from "#domain/notifications/mark-read.ts";
import { markReadSchema } from "#domain/notifications/schema.ts";
import { findAnything } from "#domain/search/find.ts";
import { findAnythingSchema } from "#domain/search/schema.ts";
import { action, recallAction } from "#server/action.ts";
import { endCurrentSession } from "#server/session.ts";

export const search = action(findAnythingSchema, findAnything, { revalidate: false });

/** The result of an earlier attempt whose answer did not reach the browser. */
export const recallAttempt = recallAction;

/** Signs out: ends the session in the database and removes its cookie. */
export async function signOut(): Promise<void> {
  await endCurrentSession();
  redirect("/sign-in");
}

/** The page is not rendered again: new entries stay highlighted until the user comes back. */
export const markRead = action(markReadSchema, markNotificationsRead, { revalidate: false });
