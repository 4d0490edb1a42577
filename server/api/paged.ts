import { z } from "zod";
import type { Verb } from "#domain/context.ts";
import { invalid } from "#domain/errors.ts";
import { type Page, pageFields } from "#domain/fields.ts";
import { countItemsWithinBytes } from "#domain/lists.ts";

type Paging = z.output<z.ZodObject<typeof pageFields>>;

/** An input schema with `limit` and `cursor`. */
export function paged<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  return z.strictObject({ ...schema.shape, ...pageFields });
}

/**
 * Turns a verb that reads a whole short list into a paginated list whose pages fit into a response. The cursor is the
 * id of the last item; it becomes invalid when that item is deleted.
 */
export function inPages<Input, Item>(
  readAll: (call: Verb<Input>) => Promise<Item[]>,
  idOf: (item: Item) => string,
): (call: Verb<Input & Paging>) => Promise<Page<Item>> {
  return async ({ ctx, input }) => {
    const all = await readAll({ ctx, input });
    const after = input.cursor === undefined ? -1 : all.findIndex((item) => idOf(item) === input.cursor);
    if (input.cursor !== undefined && after < 0) {
      throw invalid("cursor", "This is not a cursor of this list. Use the nextCursor of the previous page.");
    }
    const requested = all.slice(after + 1, after + 1 + input.limit);
    const items = requested.slice(0, countItemsWithinBytes(requested, ctx.settings.bounds.responseBytes));
    const last = items.at(-1);
    const more = after + 1 + items.length < all.length;
    return { items, nextCursor: more && last !== undefined ? idOf(last) : null };
  };
}
