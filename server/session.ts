import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { actorOfSession } from "#domain/account/sessions.ts";
import type { Actor, UserActor } from "#domain/context.ts";
import { authOptions } from "./auth.ts";
import { getServices } from "./context.ts";
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
