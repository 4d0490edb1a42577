import "server-only";
import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import type { SignedIn } from "#domain/access/accounts/record-session.ts";
import { getServices } from "./context.ts";
import { sessionCookie, sessionSecrets } from "./session-cookies.ts";

/** Sets the session cookie, as next-auth does after a sign-in with its script. In actions only. */
export async function startSession({ sessionToken }: SignedIn): Promise<void> {
  const { settings } = await getServices();
  const [secret] = sessionSecrets();
  if (secret === undefined) throw new Error("AUTH_SECRET is not set");
  const maxAge = settings.sessions.maxMs / 1000;
  const { name, options } = sessionCookie(settings.url);
  const value = await encode({ token: { sid: sessionToken }, secret, maxAge });
  (await cookies()).set(name, value, { ...options, maxAge });
}
