import { z } from "zod";
import type { Verb } from "#domain/context.ts";
import { invalid } from "#domain/errors.ts";
import { type Page, pageFields } from "#domain/fields.ts";
import { fittingItems } from "#domain/lists.ts";

type Paging = z.output<z.ZodObject<typeof pageFields>>;

/** An input schema with the two fields of every list. */
export function paged<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  return z.strictObject({ ...schema.shape, ...pageFields });
}

/**
 * A verb that reads a whole short list, as a list of the API: in pages like every other, each within the size of a response. The cursor is the
 * id of the last item; one that is gone meanwhile is no cursor any more.
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
    const asked = all.slice(after + 1, after + 1 + input.limit);
    const items = asked.slice(0, fittingItems(asked, ctx.settings.bounds.responseBytes));
    const last = items.at(-1);
    const more = after + 1 + items.length < all.length;
    return { items, nextCursor: more && last !== undefined ? idOf(last) : null };
  };
}
