import { and, asc, count, desc, eq, gt, lt, or, type SQL, sql } from "drizzle-orm";
import type { Tables } from "#db/schema.ts";
import { endOfKey } from "#db/tables/keys.ts";
import { requireProjectRole } from "../access/project-access.ts";
import type { Verb } from "../context.ts";
import { pageOf, readCursor } from "../lists.ts";
import { nameOrder } from "../name-order.ts";
import type { ProjectRef } from "../projects/schema.ts";
import { whereKeys } from "./filter.ts";
import { presentKeys, readKey } from "./find.ts";
import { readKeysUpTo } from "./page.ts";
import type { Key, KeyPage, KeyRef, KeySort, ListKeysInput } from "./schema.ts";

/** Pages show only the number of restrictions per key, so they can read more than an API response may contain. */
const PAGE_BYTES = 8 * 1_048_576;

/**
 * A project's keys, including revoked ones, filtered and sorted; fewer than `limit` if the response would grow too
 * large.
 */
export function listKeys(call: Verb<ListKeysInput>): Promise<KeyPage> {
  return readKeyPage(call, call.ctx.settings.bounds.responseBytes);
}

/**
 * The same for the portal's page, which always has `limit` keys, unless their sets are older than the bound on their
 * size.
 */
export function listKeysForPage(call: Verb<ListKeysInput>): Promise<KeyPage> {
  return readKeyPage(call, PAGE_BYTES);
}

async function readKeyPage({ ctx, input }: Verb<ListKeysInput>, maxBytes: number): Promise<KeyPage> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const now = ctx.now();
  const filter = { ...input, search: input.q };
  const matching = and(eq(t.keys.projectId, input.projectId), whereKeys(ctx.db.read, filter, now));
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
  const shown = await readKeysUpTo(ctx.db.read, ids, maxBytes);
  const { nextCursor } = pageOf(
    rows,
    shown.length,
    (row) => [row.sortValue, row.id],
    (row) => row.id,
  );
  return { items: await presentKeys(ctx.db.read, shown, now), nextCursor, total: counted?.total ?? 0 };
}

/** Of a key that never ends; the largest integer that JavaScript reads exactly. */
const NO_END = sql.raw(String(Number.MAX_SAFE_INTEGER));

/**
 * The value that a sort compares. Never null, so that a cursor can point at any row: never used is oldest, no expiry
 * is last.
 */
const SORT_VALUE: Record<KeySort, (keys: Tables["keys"], nowMs: number) => SQL<string | number>> = {
  name: (keys) => nameOrder(keys.name),
  createdAt: (keys) => sql<number>`${keys.createdAt}`.mapWith(Number),
  // In the order of `statusOf`: active, expired, disabled, revoked.
  status: (keys, nowMs) =>
    sql<number>`case when ${keys.revokedAt} is not null then 3 when ${keys.enabled} = ${false} then 2
      when ${keys.expiresAt} <= ${nowMs} or ${keys.lifeEndsAt} <= ${nowMs} then 1 else 0 end`.mapWith(Number),
  lastUsedAt: (keys) => sql<number>`coalesce(${keys.lastUsedAt}, 0)`.mapWith(Number),
  expiresAt: (keys) => sql<number>`coalesce(${endOfKey(keys)}, ${NO_END})`.mapWith(Number),
};

function readSort(sort: ListKeysInput["sort"]): [descending: boolean, by: KeySort] {
  return sort.startsWith("-") ? [true, sort.slice(1) as KeySort] : [false, sort as KeySort];
}

/** One key of a project, including revoked ones. */
export async function getKey({ ctx, input }: Verb<KeyRef>): Promise<Key> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  return readKey(ctx.db.read, input, ctx.now());
}

/** How many keys can be selected from; other keys are reached from their own page. */
const NAMES_LISTED = 200;

/** Ids and names of a project's keys, including revoked ones, by name. */
export async function listKeyNames({
  ctx,
  input,
}: Verb<ProjectRef>): Promise<{ items: { id: string; name: string }[] }> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { keys } = ctx.db.read.t;
  const items = await ctx.db.read.q
    .select({ id: keys.id, name: keys.name })
    .from(keys)
    .where(eq(keys.projectId, input.projectId))
    .orderBy(asc(nameOrder(keys.name)), asc(keys.id))
    .limit(NAMES_LISTED);
  return { items };
}
