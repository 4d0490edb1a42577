import "server-only";
import { cookies } from "next/headers";
import { randomBase62 } from "#core/tokens.ts";
import { getServices } from "./context.ts";
import { passkeyCookie } from "./session-cookies.ts";

const TOKEN_LENGTH = 40;

/** The random token of this browser, for the challenge of a passkey sign-in; null if its cookie has expired. */
export async function passkeyBrowser(): Promise<string | null> {
  const { settings } = await getServices();
  const token = (await cookies()).get(passkeyCookie(settings.url).name)?.value;
  return token?.length === TOKEN_LENGTH ? token : null;
}

/** Like `passkeyBrowser`, with a new token if there is none. The same for all tabs. In actions only. */
export async function ensurePasskeyBrowser(): Promise<string> {
  const { settings } = await getServices();
  const { name, options } = passkeyCookie(settings.url);
  const token = (await passkeyBrowser()) ?? randomBase62(TOKEN_LENGTH);
  (await cookies()).set(name, token, options);
  return token;
}
