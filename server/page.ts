import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { z } from "zod";
import { isDenial, noteDenial } from "#domain/access/security/note.ts";
import type { Verb } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { contextFor } from "./context.ts";
import { currentPage, requirePageUser } from "./session.ts";

/** The context of the person who looks at this page; visitors are sent to sign in. Once per request. */
export const pageCtx = cache(async () => contextFor(await requirePageUser()));

/** Whether the denial of this request is noted: a page reads many things, and being denied them is one event. */
const denial = cache(() => ({ noted: false }));

/** What makes a page not be there for who asks: absent, not theirs, or an address that means nothing. */
const HIDDEN = new Set(["not-found", "forbidden", "invalid"]);

/** A page's input out of its address. One that can't be read belongs to no page. */
export function pageInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) notFound();
  return parsed.data;
}

/**
 * Reads for a page: what a verb hides or refuses becomes the page that says so. Anything else reaches the
 * nearest error page.
 */
export async function readForPage<Input, Value>(
  verb: (call: Verb<Input>) => Promise<Value>,
  input: Input,
): Promise<Value> {
  try {
    return await verb({ ctx: await pageCtx(), input });
  } catch (error) {
    if (isDenial(error) && !denial().noted) {
      denial().noted = true;
      noteDenial(await pageCtx(), error, await currentPage());
    }
    if (error instanceof DomainError && HIDDEN.has(error.code)) notFound();
    throw error;
  }
}
