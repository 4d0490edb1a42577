"use server";

import { redirect } from "next/navigation";
import { samePortalPath } from "#server/safe-redirect.ts";
import { endCurrentSession } from "#server/session.ts";

/** Signs out of this browser and opens a page of this portal. */
export async function signOutHere(next: string): Promise<void> {
  await endCurrentSession();
  // An action can be called with any input.
  redirect(samePortalPath(typeof next === "string" ? next : undefined));
}
