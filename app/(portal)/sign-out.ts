"use server";

import { redirect } from "next/navigation";
import { endCurrentSession } from "#server/session.ts";

/** Signs out: ends the session in the database and removes its cookie. */
export async function signOut(): Promise<void> {
  await endCurrentSession();
  redirect("/sign-in");
}
