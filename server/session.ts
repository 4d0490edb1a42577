import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { endMySession } from "#domain/account/mySessions.ts";
import { actorOfSession } from "#domain/account/sessions.ts";
import type { Actor, UserActor } from "#domain/context.ts";
import { authOptions } from "./auth.ts";
import { ctxFor, getServices } from "./context.ts";
import { sessionCookie } from "./session-cookies.ts";
import { visitor } from "./visitor.ts";

/** The id of the session that this request's cookie carries; it may have ended since. */
export const currentSessionId = cache(async (): Promise<string | null> => {
  const session = await getServerSession(await authOptions());
  return session?.sid ?? null;
});

/**
 * Who asks: looked up on every request, so that signing out everywhere and disabling a user take effect at
 * once. Once per request.
 */
export const getActor = cache(async (): Promise<Actor> => {
  const { actor } = await visitor();
  const sessionId = await currentSessionId();
  if (sessionId === null) return actor;
  const { db } = await getServices();
  return (await actorOfSession(db, sessionId, actor.address, Date.now())) ?? actor;
});

/** The user behind a page; visitors are sent to sign in and come back. */
export async function requirePageUser(): Promise<UserActor> {
  const actor = await getActor();
  if (actor.kind === "user") return actor;
  const path = (await headers()).get("x-path");
  redirect(path && path !== "/" ? `/sign-in?next=${encodeURIComponent(path)}` : "/sign-in");
}

/** Ends the session that this request came with, and takes its cookie away. In actions only. */
export async function endCurrentSession(): Promise<void> {
  const actor = await getActor();
  const sessionId = await currentSessionId();
  const { settings } = await getServices();
  if (actor.kind === "user" && sessionId !== null) {
    await endMySession({ ctx: await ctxFor(actor), input: { sessionId } });
  }
  const { name, options } = sessionCookie(settings.url);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
