import { and, asc, count, desc, eq, gt, lt, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tables } from "#db/schema.ts";
import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";
import { decodeCursor, type Page, pageOf } from "../lists.ts";
import { keysThat } from "./filter.ts";
import { presentKeys } from "./find.ts";
import type { listKeysInput } from "./schemas.ts";
import type { Key, KeySort } from "./types.ts";

/** A page of keys, and how many the filter leaves in all. */
export type KeyPage = Page<Key> & { total: number };

/** The keys of a project, revoked ones too, filtered and sorted. */
export async function listKeys({ ctx, input }: Verb<z.output<typeof listKeysInput>>): Promise<KeyPage> {
  await requireProjectRole(ctx, ctx.db.read, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const now = ctx.now();
  const matching = and(eq(t.keys.projectId, input.projectId), keysThat(ctx.db.read, input, now));
  const sortValue = SORT_VALUE[input.sort](t.keys);
  const [direction, beyond] = input.order === "asc" ? [asc, gt] : [desc, lt];
  const [afterValue, afterId] = input.cursor ? decodeCursor(input.cursor, 2) : [];
  const behindCursor = input.cursor
    ? or(beyond(sortValue, afterValue), and(eq(sortValue, afterValue), beyond(t.keys.id, String(afterId))))
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
const SORT_VALUE: Record<KeySort, (keys: Tables["keys"]) => SQL<string | number>> = {
  name: (keys) => sql<string>`lower(${keys.name})`,
  createdAt: (keys) => sql<number>`${keys.createdAt}`.mapWith(Number),
  lastUsedAt: (keys) => sql<number>`coalesce(${keys.lastUsedAt}, 0)`.mapWith(Number),
  expiresAt: (keys) => sql<number>`coalesce(${keys.expiresAt}, 9007199254740991)`.mapWith(Number),
};
