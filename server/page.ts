import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { z } from "zod";
import { decodeUri } from "#core/decode-uri.ts";
import { storable } from "#core/text.ts";
import { isDenial, recordDenial } from "#domain/access/security/record.ts";
import type { Verb } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { contextFor } from "./context.ts";
import { currentPage, requirePageUser } from "./session.ts";

/** The context of the page's user; visitors are redirected to sign in. Cached per request. */
export const pageCtx = cache(async () => contextFor(await requirePageUser()));

/** Whether a denial was recorded for this request: a page calls many verbs, but being denied is one event. */
const denial = cache(() => ({ noted: false }));

const HIDDEN = new Set(["not-found", "forbidden", "invalid"]);

/** Whether a page shows "page not found" for the error: missing, not permitted, or an invalid URL. */
export function looksNotFound(error: unknown): boolean {
  return error instanceof DomainError && HIDDEN.has(error.code);
}

/** Parses a page's input from its URL. Invalid input shows "page not found". */
export function pageInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) notFound();
  return parsed.data;
}

/** Calls a verb for a page. Denials show "page not found"; other errors reach the nearest error page. */
export async function readForPage<Input, Value>(
  verb: (call: Verb<Input>) => Promise<Value>,
  input: Input,
): Promise<Value> {
  return ((await findForPage(verb, input)) ?? notFound()).value;
}

/** As `readForPage`, but resolves with null where that shows "page not found". */
export async function findForPage<Input, Value>(
  verb: (call: Verb<Input>) => Promise<Value>,
  input: Input,
): Promise<{ value: Value } | null> {
  try {
    return { value: await verb({ ctx: await pageCtx(), input }) };
  } catch (error) {
    if (isDenial(error) && !denial().noted) {
      denial().noted = true;
      recordDenial(await pageCtx(), error, await currentPage());
    }
    if (looksNotFound(error)) return null;
    throw error;
  }
}

/** The query of a page's URL, as Next passes it. */
export type PageSearch = Promise<Record<string, string | string[] | undefined>>;

/**
 * The query as `URLSearchParams`, without characters that a database rejects. Repeated parameters are ignored: none of
 * our pages writes them.
 */
export async function searchOf(search: PageSearch): Promise<URLSearchParams> {
  const entries = Object.entries(await search);
  return new URLSearchParams(
    entries.flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[storable(name), storable(value)]] : [],
    ),
  );
}

/** A segment of a page's path, which Next passes as it is in the URL. */
export function decodeSegment(segment: string): string {
  return decodeUri(segment) ?? segment;
}
