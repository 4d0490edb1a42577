import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { endMySession } from "#domain/access/accounts/my-sessions.ts";
import { actorOfSession } from "#domain/access/accounts/sessions.ts";
import type { Actor, UserActor } from "#domain/context.ts";
import { contextFor, getServices } from "./context.ts";
import { sessionCookie, sessionTokenIn } from "./session-cookies.ts";
import { pageOf } from "./trace.ts";
import { visitor } from "./visitor.ts";

/**
 * Who asks: looked up on every request, so that signing out everywhere and disabling a user take effect at
 * once. Once per request.
 */
export const getActor = cache(async (): Promise<Actor> => {
  const { actor } = await visitor();
  const { db, settings } = await getServices();
  const cookie = (await cookies()).get(sessionCookie(settings.url).name)?.value;
  const token = await sessionTokenIn(cookie, process.env.AUTH_SECRET ?? "");
  if (token === null) return actor;
  return (await actorOfSession(db, token, actor.address, Date.now())) ?? actor;
});

/** The user behind a page; visitors are sent to sign in and come back. */
export async function requirePageUser(): Promise<UserActor> {
  const actor = await getActor();
  if (actor.kind === "user") return actor;
  const path = (await headers()).get("x-path");
  redirect(path && path !== "/" ? `/sign-in?next=${encodeURIComponent(path)}` : "/sign-in");
}

/** The address of the page that this request is about, without what only this request has: ids above all. */
export async function currentPage(): Promise<string> {
  return pageOf((await headers()).get("x-path") ?? "");
}

/** Ends the session that this request came with, and takes its cookie away. In actions only. */
export async function endCurrentSession(): Promise<void> {
  const actor = await getActor();
  const { settings } = await getServices();
  if (actor.kind === "user" && actor.session) {
    await endMySession({ ctx: await contextFor(actor), input: { sessionId: actor.session.id } });
  }
  const { name, options } = sessionCookie(settings.url);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
