import { and, asc, count, desc, eq, gt, lt, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "#db/schema.ts";
import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";
import { pageOf, readCursor } from "../lists.ts";
import { keysThat } from "./filter.ts";
import { presentKeys } from "./find.ts";
import type { KeySort, ListKeysInput } from "./schemas.ts";
import type { KeyPage } from "./types.ts";

/** The keys of a project, revoked ones too, filtered and sorted. */
export async function listKeys({ ctx, input }: Verb<ListKeysInput>): Promise<KeyPage> {
  await requireProjectRole(ctx, ctx.db.read, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const now = ctx.now();
  const matching = and(eq(t.keys.projectId, input.projectId), keysThat(ctx.db.read, input, now));
  const [descending, sort] = readSort(input.sort);
  const sortValue = SORT_VALUE[sort](t.keys, now);
  const [direction, beyond] = descending ? [desc, lt] : [asc, gt];
  const after = readCursor(input.cursor, [sort === "name" ? "text" : "number", "text"]);
  const behindCursor = after
    ? or(beyond(sortValue, after[0]), and(eq(sortValue, after[0]), beyond(t.keys.id, after[1])))
    : undefined;
  const rows = await q
    .select({ key: t.keys, sortValue })
    .from(t.keys)
    .where(and(matching, behindCursor))
    .orderBy(direction(sortValue), direction(t.keys.id))
    .limit(input.limit + 1);
  const [counted] = await q.select({ total: count() }).from(t.keys).where(matching);
  const page = pageOf(
    rows,
    input.limit,
    (row) => [row.sortValue, row.key.id],
    (row) => row.key,
  );
  return { ...page, items: await presentKeys(ctx.db.read, page.items, now), total: counted?.total ?? 0 };
}

/** What a sort compares. No nulls, so that a cursor can stand on any row: never used is oldest, no expiry last. */
const SORT_VALUE: Record<KeySort, (keys: Tables["keys"], nowMs: number) => SQL<string | number>> = {
  name: (keys) => sql<string>`lower(${keys.name})`,
  createdAt: (keys) => sql<number>`${keys.createdAt}`.mapWith(Number),
  // As `statusOf` ranks them: active, expired, disabled, revoked.
  status: (keys, nowMs) =>
    sql<number>`case when ${keys.revokedAt} is not null then 3 when ${keys.enabled} = ${false} then 2
      when ${keys.expiresAt} <= ${nowMs} then 1 else 0 end`.mapWith(Number),
  lastUsedAt: (keys) => sql<number>`coalesce(${keys.lastUsedAt}, 0)`.mapWith(Number),
  expiresAt: (keys) => sql<number>`coalesce(${keys.expiresAt}, 9007199254740991)`.mapWith(Number),
};

function readSort(sort: ListKeysInput["sort"]): [descending: boolean, by: KeySort] {
  return sort.startsWith("-") ? [true, sort.slice(1) as KeySort] : [false, sort as KeySort];
}
