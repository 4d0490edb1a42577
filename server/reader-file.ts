import "server-only";
import { newId } from "#core/ids.ts";
import { type Actor, type Ctx, createContext } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { identifyReader } from "./api/serve.ts";
import { getServices, type Services } from "./context.ts";
import { problemResponse } from "./problem.ts";
import { getRateLimitedActor } from "./rate-limited-actor.ts";
import { pagePattern } from "./trace.ts";

/**
 * A management token, valid or not. Other credentials in the header are not for the portal: a proxy in front of it may
 * add them to each request of a signed-in user.
 */
const MANAGEMENT_TOKEN = /^Bearer +\w+_mgt_/i;

const NOT_PUBLIC =
  "There is no such public API. To read others, sign in, or send a management token with the scope catalogue:read.";

/**
 * Answers with a text that visitors may read too, as far as it is public. To visitors, what is not public does not
 * exist. A management token with the scope `catalogue:read` reads what its user or project may see.
 */
export async function handleReaderFile(
  request: Request,
  contentType: string,
  read: (ctx: Ctx) => Promise<string>,
  services: () => Promise<Services> = getServices,
): Promise<Response> {
  try {
    const { actor, headers } = await readerOf(request, services);
    const text = await read(createContext(await services(), actor));
    return new Response(text, {
      headers: {
        ...headers,
        "Content-Type": contentType,
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
      },
    });
  } catch (error) {
    const hidden = error instanceof DomainError && error.code === "unauthenticated";
    return problemResponse(hidden ? new DomainError("not-found", NOT_PUBLIC) : error, newId("request"));
  }
}

async function readerOf(
  request: Request,
  services: () => Promise<Services>,
): Promise<{ actor: Actor; headers?: Record<string, string> }> {
  if (!MANAGEMENT_TOKEN.test(request.headers.get("authorization") ?? "")) {
    return { actor: await getRateLimitedActor() };
  }
  const page = pagePattern(new URL(request.url).pathname);
  return identifyReader(await services(), request, { scope: "catalogue:read", page });
}
