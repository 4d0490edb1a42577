"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { endMySession } from "#domain/account/mySessions.ts";
import { ctxFor, getServices } from "#server/context.ts";
import { currentSessionId, getActor } from "#server/session.ts";
import { sessionCookies } from "#server/session-cookies.ts";

/** Ends the session of this browser, in the database too: a copy of its cookie is worth nothing after. */
export async function signOut(): Promise<void> {
  const sessionId = await currentSessionId();
  if (sessionId !== null) {
    const actor = await getActor();
    if (actor.kind === "user") await endMySession({ ctx: await ctxFor(actor), input: { sessionId } });
  }
  const { settings } = await getServices();
  const cookie = sessionCookies(settings.url).sessionToken;
  if (cookie) (await cookies()).set(cookie.name, "", { ...cookie.options, maxAge: 0 });
  redirect("/sign-in");
}
