"use server";

import { redirect } from "next/navigation";
import { samePortalPath } from "#server/same-portal.ts";
import { endCurrentSession } from "#server/session.ts";

/** Signs out here and goes to a page of this portal. */
export async function signOutHere(next: string): Promise<void> {
  await endCurrentSession();
  // Whoever calls an action can send anything.
  redirect(samePortalPath(typeof next === "string" ? next : undefined));
}
