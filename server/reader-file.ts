import "server-only";
import { newId } from "#core/ids.ts";
import type { Ctx } from "#domain/context.ts";
import { DomainError, notFound } from "#domain/errors.ts";
import { contextFor } from "./context.ts";
import { countedActor } from "./counted-actor.ts";
import { problemResponse } from "./problem.ts";

/**
 * Answers with a text that visitors may read too, as far as it is public. To visitors, what is not public does not
 * exist.
 */
export async function handleReaderFile(
  contentType: string,
  read: (ctx: Ctx) => Promise<string>,
): Promise<Response> {
  try {
    const text = await read(await contextFor(await countedActor()));
    return new Response(text, {
      headers: {
        "Content-Type": contentType,
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
      },
    });
  } catch (error) {
    const hidden = error instanceof DomainError && error.code === "unauthenticated";
    return problemResponse(hidden ? notFound("API") : error, newId("request"));
  }
}
