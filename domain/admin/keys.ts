import { and, desc, eq, gt, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import { oneOfSelected } from "#db/portable-sql.ts";
import { requireAdmin, type Verb } from "../context.ts";
import { type KeyRow, lockKey, presentKeys } from "../keys/find.ts";
import { readKeysUpTo } from "../keys/page.ts";
import { markRevoked } from "../keys/revoke.ts";
import { keyContains } from "../keys/search/contains.ts";
import { hasFew, type SearchLimits, whereKeyContains } from "../keys/search/search-index.ts";
import { pageOf, readCursor } from "../lists.ts";
import { notifyMany } from "../notifications/notify-many.ts";
import { whereAllKeys } from "./filter.ts";
import type { AdminKeyPage, ListAllKeysInput, RevokeKeysInput, RevokeKeysResult } from "./schema.ts";

/** Pages send only the number of restrictions per key, so they can read more than an API response may contain. */
const PAGE_BYTES = 8 * 1_048_576;

/**
 * All keys of all projects, newest first; fewer than `limit` if the response would grow too large. Administrators
 * only.
 */
export function listAllKeys(call: Verb<ListAllKeysInput>, limits?: SearchLimits): Promise<AdminKeyPage> {
  return readPage(call, call.ctx.settings.bounds.responseBytes, limits);
}

/** The same for the portal's page. */
export function listAllKeysForPage(call: Verb<ListAllKeysInput>): Promise<AdminKeyPage> {
  return readPage(call, PAGE_BYTES);
}

async function readPage(
  { ctx, input }: Verb<ListAllKeysInput>,
  maxBytes: number,
  limits?: SearchLimits,
): Promise<AdminKeyPage> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { keys, projects } = t;
  const after = readCursor(input.cursor, ["number", "text"]);
  const containsText = await whereContains(ctx.db.read, input, limits);
  const secretAge = await whereSecretAge(ctx.db.read, input, ctx.now(), limits);
  const rows = await q
    .select({ id: keys.id, createdAt: keys.createdAt, projectName: projects.name })
    .from(keys)
    .innerJoin(projects, eq(projects.id, keys.projectId))
    .where(
      and(
        isNull(projects.deletedAt),
        whereAllKeys(ctx.db.read, { ...input, ...NO_SECRET_AGE }, ctx.now()),
        secretAge,
        containsText,
        after
          ? or(lt(keys.createdAt, after[0]), and(eq(keys.createdAt, after[0]), lt(keys.id, after[1])))
          : undefined,
      ),
    )
    .orderBy(desc(keys.createdAt), desc(keys.id))
    .limit(input.limit + 1);
  const ids = rows.slice(0, input.limit).map(({ id }) => id);
  const found = await readKeysUpTo(ctx.db.read, ids, maxBytes);
  const page = pageOf(
    rows,
    found.length,
    ({ id, createdAt }) => [createdAt, id],
    (row) => row,
  );
  const shown = await presentKeys(ctx.db.read, found, ctx.now());
  const items = shown.map((key, at) => ({ ...key, projectName: page.items[at]?.projectName ?? "" }));
  return { items, nextCursor: page.nextCursor };
}

/** A project's keys are few enough to be compared one by one. */
async function whereContains(
  scope: Scope,
  { q, projectId }: ListAllKeysInput,
  limits?: SearchLimits,
): Promise<SQL | undefined> {
  if (!q) return undefined;
  return projectId === undefined ? whereKeyContains(scope, q, limits) : keyContains(scope, q);
}

const NO_SECRET_AGE = { secretOlderThanDays: undefined, secretNewerThanDays: undefined };

/**
 * The current secret's age. If many keys match, the newest are compared until the page is full: reading all matches takes
 * longer.
 */
async function whereSecretAge(
  scope: Scope,
  { secretOlderThanDays: older, secretNewerThanDays: newer }: ListAllKeysInput,
  nowMs: number,
  limits?: SearchLimits,
): Promise<SQL | undefined> {
  if (older === undefined && newer === undefined) return undefined;
  const { q, t } = scope;
  const { keys, secrets } = t;
  const matches = and(
    isNull(secrets.overlapEndsAt),
    older === undefined ? undefined : lte(secrets.createdAt, nowMs - older * DAY_MS),
    newer === undefined ? undefined : gt(secrets.createdAt, nowMs - newer * DAY_MS),
  );
  const ids = () => q.select({ keyId: secrets.keyId }).from(secrets).where(matches);
  if (await hasFew(ids().$dynamic(), limits)) return oneOfSelected(scope, keys.id, ids());
  const hasMatch = q
    .select({ one: sql`1` })
    .from(secrets)
    .where(and(eq(secrets.keyId, keys.id), matches))
    .limit(1);
  // No key is younger than its secret.
  const isOldEnough = older === undefined ? undefined : lte(keys.createdAt, nowMs - older * DAY_MS);
  return and(isOldEnough, sql`${hasMatch} = 1`);
}

/** Revokes up to 500 keys of any projects. Ids that don't exist are reported in `failed`. Administrators only. */
export async function revokeKeys({ ctx, input }: Verb<RevokeKeysInput>): Promise<RevokeKeysResult> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const projectOf = await projectsOf(tx, input.keyIds);
    const result: RevokeKeysResult = { revoked: [], failed: [] };
    const now: KeyRow[] = [];
    // Always in the same order, so that two bulk revocations can't deadlock.
    for (const keyId of [...new Set(input.keyIds)].sort()) {
      const projectId = projectOf.get(keyId);
      if (projectId === undefined) {
        result.failed.push({ id: keyId, code: "not-found" });
        continue;
      }
      const key = await lockKey(tx, { projectId, keyId });
      result.revoked.push(keyId);
      if (await markRevoked(tx, ctx, key, input.reason)) now.push(key);
    }
    await notifyMany(tx, ctx, "revoked", { keys: now, data: { reason: input.reason } });
    return result;
  });
}

async function projectsOf({ q, t }: Tx, keyIds: string[]): Promise<Map<string, string>> {
  const ids = keyIds.filter((id) => /^\w+$/.test(id));
  const rows = await q
    .select({ id: t.keys.id, projectId: t.keys.projectId })
    .from(t.keys)
    .where(inArray(t.keys.id, ids));
  return new Map(rows.map((row) => [row.id, row.projectId]));
}
