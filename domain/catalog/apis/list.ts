import { and, asc, gt, or } from "drizzle-orm";
import { requireUser, type Verb } from "../../context.ts";
import { contains } from "../../like.ts";
import { fitting, pageOf, readCursor } from "../../lists.ts";
import { apiBytes, columnsOf, presentApis } from "./present.ts";
import type { ListApisInput } from "./schema.ts";
import type { ApiPage } from "./types.ts";

/**
 * All APIs, by slug, for every signed-in user. Fewer than `limit` if their operations would make the response too
 * large.
 */
export async function listApis({ ctx, input }: Verb<ListApisInput>): Promise<ApiPage> {
  requireUser(ctx);
  const { q, t } = ctx.db.read;
  const after = readCursor(input.cursor, ["text"]);
  const rows = await q
    .select(columnsOf(t.apis))
    .from(t.apis)
    .where(
      and(
        input.search
          ? or(
              ...[t.apis.slug, t.apis.name, t.apis.description].map((column) =>
                contains(column, input.search ?? ""),
              ),
            )
          : undefined,
        after ? gt(t.apis.slug, after[0]) : undefined,
      ),
    )
    .orderBy(asc(t.apis.slug))
    .limit(input.limit + 1);
  const bytesOf = await apiBytes(ctx.db.read, rows);
  const sizes = rows.slice(0, input.limit).map((row) => bytesOf(row));
  const page = pageOf(
    rows,
    fitting(sizes, ctx.settings.bounds.responseBytes),
    (row) => [row.slug],
    (row) => row,
  );
  return { ...page, items: await presentApis(ctx.db.read, page.items) };
}
