import { z } from "zod";
import { shownName } from "#core/schema-errors.ts";
import { MINUTE_MS } from "#core/time.ts";
import { countInWindow } from "#domain/access/accounts/throttle.ts";
import { requireProjectRole } from "#domain/access/project-access.ts";
import { mustFindVisibleApi } from "#domain/catalog/apis/visibility.ts";
import { loadDocument } from "#domain/catalog/reference/load.ts";
import { serversOf } from "#domain/catalog/reference/operation.ts";
import { type Ctx, identityOf, requireAuthenticated, type Verb } from "#domain/context.ts";
import { DomainError, invalid, notFound } from "#domain/errors.ts";
import { idSchema } from "#domain/fields.ts";
import type { TryResponse } from "#domain/keys/try-it/schema.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { type OutgoingOptions, sendOutside } from "../outgoing/send.ts";

const MAX_BODY_LENGTH = 256 * 1_024;

export const tryRequestSchema = z.strictObject({
  projectId: idSchema,
  slug: idSchema,
  operation: z.string().max(200),
  url: z.string().max(8_000),
  headers: z.array(z.tuple([z.string().max(200), z.string().max(8_000)])).max(60),
  body: z.string().max(MAX_BODY_LENGTH, "The body is too long to send through the portal.").nullable(),
});
type TryRequestInput = z.output<typeof tryRequestSchema>;

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 256 * 1_024;
const PER_MINUTE = 30;
const MAX_AT_ONCE = 20;
const RETRY_MS = 1_000;
const TOO_MANY = "Too many requests are being tried. Try again in a minute.";

/**
 * Sends a request of a project's developer to one of the servers that the document names for the operation, with its
 * method. Nothing of the portal's own request is passed on: neither cookies nor the client's IP address. Throws `invalid`
 * for another server, and `too-many` above 30 requests a minute for each user.
 */
export async function sendTryRequest(
  { ctx, input }: Verb<TryRequestInput>,
  options: Pick<OutgoingOptions, "toPrivate"> & Partial<OutgoingOptions>,
): Promise<TryResponse> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "developer");
  const api = await mustFindVisibleApi(scope, ctx, input.slug);
  const { document, byName } = await loadDocument(scope, api);
  const found = byName.get(input.operation);
  if (!found) throw notFound("operation");
  const servers = serversOf(document, found.item, found.operation, api.baseUrl);
  const url = allowedUrl(
    input.url,
    servers.map((server) => server.url),
  );
  const headers = input.headers.filter(([name]) => !isPrivate(name));
  for (const [name, value] of headers) requireHeader(name, value);
  const release = startRequest();
  try {
    await countRequest(ctx, identityOf(requireAuthenticated(ctx)).id);
    const { method } = found;
    const body = method === "GET" || method === "HEAD" ? null : input.body;
    const result = await sendOutside(
      url,
      { method, headers, body },
      { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, ...options },
    );
    return "error" in result ? result : { ...result, bytes: result.body.length, body: textOf(result.body) };
  } finally {
    release();
  }
}

/** The URL, if it is below one of the servers. Throws `invalid` otherwise. */
export function allowedUrl(text: string, servers: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isBelow = servers.some((server) => {
    if (!url || !URL.canParse(server)) return false;
    const { origin, pathname } = new URL(server);
    const base = pathname.replace(/\/+$/, "");
    return url.origin === origin && (url.pathname === base || url.pathname.startsWith(`${base}/`));
  });
  if (!url || !isBelow) throw invalid("url", "The URL is not below one of the servers of this operation.");
  if (url.username !== "" || url.password !== "")
    throw invalid("url", "The URL has a user name or password.");
  // A server could decode these, or drop what follows a semicolon, and leave the path that was checked.
  if (/(^|[/\\])\.\.?([/\\;]|$)/.test(decoded(url.pathname))) {
    throw invalid("url", "The path leads out of the server's path.");
  }
  url.hash = "";
  return url;
}

/** Decoded twice: some servers do. */
function decoded(path: string): string {
  return path
    .replaceAll(/%25/gi, "%")
    .replaceAll(/%2e/gi, ".")
    .replaceAll(/%3b/gi, ";")
    .replaceAll(/%(2f|5c)/gi, "/");
}

/**
 * Headers that belong to a connection, to browsers, or to proxies, and those that replace the method or the path that
 * were checked: never passed on. Some servers take an underscore for a hyphen.
 */
const PRIVATE =
  /^(host|connection|content-length|transfer-encoding|te|trailer|upgrade|keep-alive|expect|cookie2?|forwarded|via|origin|referer|x-real-ip|accept-encoding)$|^(proxy-|sec-|x-forwarded-|x-latchkey-|x-middleware|x-nextjs|x-original-|x-rewrite-|x-http-method|x-method-override)|client-ip$|connecting-ip$/i;

const isPrivate = (name: string) => PRIVATE.test(name.replaceAll("_", "-"));

function requireHeader(name: string, value: string): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
    throw invalid("headers", `“${shownName(name)}” is not a valid header name.`);
  if (!/^[\t\u{20}-\u{7e}\u{80}-\u{ff}]*$/u.test(value)) {
    throw invalid("headers", `The value of ${shownName(name)} has characters that a header can't have.`);
  }
}

/** Throws `too-many` if this process sends too many requests at once. Returns a function that marks it as finished. */
function startRequest(): () => void {
  const state = processSingleton("try requests", () => ({ running: 0 }));
  if (state.running >= MAX_AT_ONCE) {
    throw new DomainError("too-many", TOO_MANY, { retryAfterMs: RETRY_MS });
  }
  state.running += 1;
  return () => {
    state.running -= 1;
  };
}

/** Throws `too-many` above the rate of a user. */
function countRequest({ db, now }: Ctx, userId: string): Promise<void> {
  const rate = { subject: `try:${userId}`, limit: PER_MINUTE, windowMs: MINUTE_MS, message: TOO_MANY };
  return countInWindow(db, rate, now());
}

function textOf(body: Buffer): string | null {
  // A cut can split the last character, which a stream would wait for.
  const text = new TextDecoder().decode(body, { stream: true });
  return text.includes("\0") || text.includes("\u{fffd}") ? null : text;
}
