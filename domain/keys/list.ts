import { and, asc, count, desc, eq, gt, lt, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "#db/schema.ts";
import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";
import { pageOf, readCursor } from "../lists.ts";
import { keysThat } from "./filter.ts";
import { presentKeys } from "./find.ts";
import { readKeysWithin } from "./page.ts";
import type { KeySort, ListKeysInput } from "./schema.ts";
import type { KeyPage } from "./types.ts";

/** A page shows of each key how many entries its sets have, and sends none of them: it reads more than an answer has. */
const PAGE_BYTES = 8 * 1_048_576;

/** The keys of a project, revoked ones too, filtered and sorted; fewer than asked for where the answer grows too large. */
export function listKeys(asked: Verb<ListKeysInput>): Promise<KeyPage> {
  return readKeyPage(asked, asked.ctx.settings.bounds.responseBytes);
}

/** The same for a page, which always has as many as asked for, unless their sets are older than the bound on them. */
export function listKeysForPage(asked: Verb<ListKeysInput>): Promise<KeyPage> {
  return readKeyPage(asked, PAGE_BYTES);
}

async function readKeyPage({ ctx, input }: Verb<ListKeysInput>, mostBytes: number): Promise<KeyPage> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
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
    .select({ id: t.keys.id, sortValue })
    .from(t.keys)
    .where(and(matching, behindCursor))
    .orderBy(direction(sortValue), direction(t.keys.id))
    .limit(input.limit + 1);
  const [counted] = await q.select({ total: count() }).from(t.keys).where(matching);
  const ids = rows.slice(0, input.limit).map(({ id }) => id);
  const shown = await readKeysWithin(ctx.db.read, ids, mostBytes);
  const { nextCursor } = pageOf(
    rows,
    shown.length,
    (row) => [row.sortValue, row.id],
    (row) => row.id,
  );
  return { items: await presentKeys(ctx.db.read, shown, now), nextCursor, total: counted?.total ?? 0 };
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
