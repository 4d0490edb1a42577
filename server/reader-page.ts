import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { isDenial, recordDenial } from "#domain/access/security/record.ts";
import type { Verb } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { contextFor } from "./context.ts";
import { looksNotFound } from "./page.ts";
import { currentPage, getActor, requirePageUser } from "./session.ts";

/** The context of a page that visitors may read too, as far as its content is public. Cached per request. */
export const readerCtx = cache(async () => contextFor(await getActor()));

/** Whether the reader is signed in, and needs no second factor first. */
export const isSignedIn = cache(async (): Promise<boolean> => {
  const actor = await getActor();
  return actor.kind === "user" && !actor.session?.needsFactor;
});

/**
 * Calls a verb for a page that visitors may read too. What visitors may not see, or does not exist, sends them to
 * sign-in; users get "page not found".
 */
export async function readForReader<Input, Value>(
  verb: (call: Verb<Input>) => Promise<Value>,
  input: Input,
): Promise<Value> {
  const ctx = await readerCtx();
  try {
    return await verb({ ctx, input });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await requirePageUser();
    if (isDenial(error)) recordDenial(ctx, error, await currentPage());
    if (looksNotFound(error)) notFound();
    throw error;
  }
}
