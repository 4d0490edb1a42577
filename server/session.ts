import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { getPendingFactors } from "#domain/access/accounts/factors/pending-sign-in.ts";
import type { Factors } from "#domain/access/accounts/factors/second-factor.ts";
import { endMySession } from "#domain/access/accounts/my-sessions.ts";
import { actorOfSession } from "#domain/access/accounts/sessions.ts";
import type { Actor, UserActor, VisitorActor } from "#domain/context.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { withinAdminIpAddresses } from "./allowed-ip-addresses.ts";
import { contextFor, getServices } from "./context.ts";
import { sessionCookie, sessionSecrets, sessionTokenIn } from "./session-cookies.ts";
import { pagePattern } from "./trace.ts";

/**
 * The actor, looked up on every request, so that signing out everywhere and disabling a user take effect immediately.
 * Cached per request.
 */
export const getActor = cache(async (): Promise<Actor> => {
  const { actor } = await visitor();
  const services = await getServices();
  const token = await cookieToken();
  if (token === null) return actor;
  const user = await actorOfSession(services, token, actor.ipAddress, Date.now());
  return user === null ? actor : withinAdminIpAddresses(user, services.settings);
});

/** The token in the signed session cookie; null if there is none. */
export async function cookieToken(): Promise<string | null> {
  const { settings } = await getServices();
  const cookie = (await cookies()).get(sessionCookie(settings.url).name)?.value;
  return sessionTokenIn(cookie, sessionSecrets());
}

/**
 * The second factors that can complete the sign-in of this browser; null if it has not passed the first step, or waits
 * for no second one.
 */
export async function pendingFactors(): Promise<Factors | null> {
  const { actor } = await visitor();
  const token = await cookieToken();
  return token === null ? null : getPendingFactors({ ctx: await contextFor(actor), input: { token } });
}

/** The page where users who must have a second factor set one up, and then go on to `next`. */
export const factorSetupPage = (next: string) => `/second-factor?next=${encodeURIComponent(next)}`;

/**
 * The page's user. Visitors are redirected to sign in and back, and so are users who must set up a second factor first.
 */
export async function requirePageUser(): Promise<UserActor> {
  const actor = await getActor();
  if (actor.kind === "user" && !actor.session?.needsFactor) return actor;
  const path = (await headers()).get("x-path");
  const next = path && path !== "/" ? path : null;
  if (actor.kind === "user") redirect(factorSetupPage(next ?? "/projects"));
  redirect(next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in");
}

/** The current page's path as a pattern, without ids. */
export async function currentPage(): Promise<string> {
  return pagePattern((await headers()).get("x-path") ?? "");
}

/** Ends the current session and deletes its cookie. In actions only. */
export async function endCurrentSession(): Promise<void> {
  const actor = await getActor();
  const { settings } = await getServices();
  if (actor.kind === "user" && actor.session) {
    await endMySession({ ctx: await contextFor(actor), input: { sessionId: actor.session.id } });
  }
  const { name, options } = sessionCookie(settings.url);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

/** The unauthenticated client: its IP address and user agent. */
export async function visitor(): Promise<{ actor: VisitorActor; userAgent: string | null }> {
  const sent = await headers();
  return {
    actor: { kind: "visitor", ipAddress: sent.get(CLIENT_IP_HEADER) },
    userAgent: sent.get("user-agent"),
  };
}
