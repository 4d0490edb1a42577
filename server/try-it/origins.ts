import type { IncomingMessage } from "node:http";
import { decodeUri } from "#core/decode-uri.ts";
import { actorOfSession } from "#domain/access/accounts/sessions.ts";
import { readOperation } from "#domain/catalog/reference/read.ts";
import { createContext } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { withinAdminIpAddresses } from "../allowed-ip-addresses.ts";
import { getServices } from "../context.ts";
import { sessionCookie, sessionSecrets, sessionTokenIn } from "../session-cookies.ts";

const MAX_ORIGINS = 20;
const ORIGIN = /^https?:\/\/([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** The slug and the operation of a page on which requests can be tried; null for any other request. */
export function triedOperation(
  method: string | undefined,
  url: string,
): { slug: string; operation: string } | null {
  const [path = ""] = url.split("?", 1);
  const [, slug, operation] = /^\/apis\/([a-z0-9-]{1,50})\/try\/([^/]{1,600})$/.exec(path) ?? [];
  if (method !== "GET" || !slug || !operation) return null;
  const name = decodeUri(operation);
  return name === null ? null : { slug, operation: name };
}

/**
 * The origins of the operation's servers, for the Content-Security-Policy of the page on which it is tried. None unless
 * the request is of a signed-in user who may see the API.
 */
export async function tryOrigins(req: IncomingMessage): Promise<string[]> {
  const tried = triedOperation(req.method, req.url ?? "");
  if (tried === null) return [];
  const services = await getServices();
  const { name } = sessionCookie(services.settings.url);
  const token = await sessionTokenIn(cookieOf(req, name), sessionSecrets());
  if (token === null) return [];
  const address = req.headers[CLIENT_IP_HEADER];
  const ipAddress = typeof address === "string" ? address : null;
  const user = await actorOfSession(services, token, ipAddress, Date.now());
  if (user === null || user.session?.needsFactor) return [];
  const actor = withinAdminIpAddresses(user, services.settings);
  try {
    const { operation } = await readOperation({ ctx: createContext(services, actor), input: tried });
    const origins = operation.servers.map(({ url }) => new URL(url).origin);
    // A host may contain a semicolon, which would end the directive.
    return [...new Set(origins)].filter((origin) => ORIGIN.test(origin)).slice(0, MAX_ORIGINS);
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

function cookieOf(req: IncomingMessage, name: string): string | undefined {
  for (const pair of req.headers.cookie?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return decodeUri(pair.slice(at + 1).trim()) ?? undefined;
  }
  return undefined;
}
