import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { Verb } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { noteDenials } from "#domain/security/note.ts";
import { ctxFor } from "./context.ts";
import { currentPage, requirePageUser } from "./session.ts";

/** The context of the person who looks at this page; visitors are sent to sign in. Once per request. */
export const pageCtx = cache(async () => ctxFor(await requirePageUser()));

/** What makes a page not be there for who asks: absent, not theirs, or an address that means nothing. */
const HIDDEN = new Set(["not-found", "forbidden", "invalid"]);

/**
 * Reads for a page: what a verb hides or refuses becomes the page that says so. Anything else reaches the
 * nearest error page.
 */
export async function readForPage<Input, Value>(
  verb: (call: Verb<Input>) => Promise<Value>,
  input: Input,
): Promise<Value> {
  try {
    const [ctx, page] = await Promise.all([pageCtx(), currentPage()]);
    return await noteDenials(ctx, page, () => verb({ ctx, input }));
  } catch (error) {
    if (error instanceof DomainError && HIDDEN.has(error.code)) notFound();
    throw error;
  }
}
