"use server";

import { redirect } from "next/navigation";
import { endCurrentSession } from "#server/session.ts";

/** Signs out here: the session ends in the database, and its cookie goes. */
export async function signOut(): Promise<void> {
  await endCurrentSession();
  redirect("/sign-in");
}
