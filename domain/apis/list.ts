import { and, asc, gt, or } from "drizzle-orm";
import { requireUser, type Verb } from "../context.ts";
import { contains } from "../like.ts";
import { pageOf, readCursor } from "../lists.ts";
import { columnsOf, presentApis } from "./present.ts";
import type { ListApisInput } from "./schemas.ts";
import type { ApiPage } from "./types.ts";

/** The catalogue, by slug: everybody who has signed in may read it. */
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
  const page = pageOf(
    rows,
    input.limit,
    (row) => [row.slug],
    (row) => row,
  );
  return { ...page, items: await presentApis(ctx.db.read, page.items) };
}
