import { and, asc, count, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { countEntries } from "#core/restrictions/kinds.ts";
import { DAY_MS, iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { requireAdmin, type Verb } from "../../../context.ts";
import type { Person } from "../../../fields.ts";
import { afterRow, pageOf, readCursor } from "../../../lists.ts";
import { nameOrder } from "../../../name-order.ts";
import { presentKeys } from "../../find.ts";
import { readKeysUpTo } from "../../page.ts";
import { idle, whereUnused } from "./filter.ts";
import type { Exemption, ListUnusedInput, UnusedPage } from "./schema.ts";

/** A project's contacts; not all of its members. */
const OWNERS_SHOWN = 10;
/** Counting all of them would take longer than the page. */
export const MAX_UNUSED_COUNTED = 100_000;

/** Keys of all projects that were not used for this many days, longest unused first. Administrators only. */
export async function listUnusedKeys({ ctx, input }: Verb<ListUnusedInput>): Promise<UnusedPage> {
  requireAdmin(ctx);
  const scope = ctx.db.read;
  const { keys } = scope.t;
  const now = ctx.now();
  const descending = input.sort.startsWith("-");
  const by = input.sort.endsWith("createdAt") ? sql<number>`${keys.createdAt}`.mapWith(Number) : idle(scope);
  const after = readCursor(input.cursor, ["number", "text"]);
  const matching = whereUnused(scope, input, now);
  const order = descending ? desc : asc;
  const rows = await scope.q
    .select({ id: keys.id, by, idleSince: idle(scope) })
    .from(keys)
    .where(and(matching, after ? afterRow([by, keys.id], after, descending) : undefined))
    .orderBy(order(by), order(keys.id))
    .limit(input.limit + 1);
  const ids = rows.slice(0, input.limit).map(({ id }) => id);
  const shown = await readKeysUpTo(scope, ids, ctx.settings.bounds.responseBytes);
  const page = pageOf(
    rows,
    shown.length,
    ({ id, by: value }) => [value, id],
    (row) => row,
  );
  const [presented, projects, exempt, total] = await Promise.all([
    presentKeys(scope, shown, now),
    projectsOf(scope, [...new Set(shown.map(({ projectId }) => projectId))]),
    exemptionsOf(
      scope,
      shown.map(({ id }) => id),
      now,
    ),
    countSome(scope, matching),
  ]);
  const items = presented.map(({ restrictions, trial: _, ...key }, at) => ({
    ...key,
    entries: countEntries(restrictions),
    apis: restrictions.apis.map(({ api }) => api),
    projectName: projects.get(key.projectId)?.name ?? "",
    owners: projects.get(key.projectId)?.owners ?? [],
    idleSince: iso(page.items[at]?.idleSince ?? 0),
    secretAgeDays: Math.floor((now - Date.parse(key.secrets[0]?.createdAt ?? iso(now))) / DAY_MS),
    exemption: exempt.get(key.id) ?? null,
  }));
  return { items, nextCursor: page.nextCursor, total };
}

/** How many match, counted up to a limit. */
async function countSome({ q, t: { keys } }: Scope, matching: SQL | undefined): Promise<number> {
  const some = q.select({ id: keys.id }).from(keys).where(matching).limit(MAX_UNUSED_COUNTED).as("some");
  const [row] = await q.select({ n: count() }).from(some);
  return row?.n ?? 0;
}

async function projectsOf(
  { q, t: { memberships, projects, users } }: Scope,
  ids: string[],
): Promise<Map<string, { name: string; owners: Person[] }>> {
  if (ids.length === 0) return new Map();
  const rows = await q
    .select({ id: projects.id, name: projects.name, ownerId: users.id, ownerName: users.name })
    .from(projects)
    .leftJoin(memberships, and(eq(memberships.projectId, projects.id), eq(memberships.role, "owner")))
    .leftJoin(users, eq(users.id, memberships.userId))
    .where(inArray(projects.id, ids))
    .orderBy(asc(nameOrder(users.name)), asc(users.id));
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => [
      id,
      {
        name: own[0]?.name ?? "",
        owners: own
          .slice(0, OWNERS_SHOWN)
          .flatMap(({ ownerId, ownerName }) =>
            ownerId === null ? [] : [{ id: ownerId, name: ownerName ?? "" }],
          ),
      },
    ]),
  );
}

async function exemptionsOf(
  { q, t: { exemptions } }: Scope,
  keyIds: string[],
  now: number,
): Promise<Map<string, Exemption>> {
  if (keyIds.length === 0) return new Map();
  const rows = await q
    .select()
    .from(exemptions)
    .where(and(inArray(exemptions.keyId, keyIds), gt(exemptions.until, now)));
  return new Map(
    rows.map(({ keyId, reason, until, createdByName }) => [
      keyId,
      { reason, until: iso(until), by: createdByName },
    ]),
  );
}
