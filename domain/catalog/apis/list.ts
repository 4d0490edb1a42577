import { and, asc, count, eq, getTableColumns, gt, or, sql } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { type Ctx, requireAdmin, requireAuthenticated, type Verb } from "../../context.ts";
import type { Page } from "../../fields.ts";
import { contains } from "../../like.ts";
import { countWithinBytes, pageOf, readCursor } from "../../lists.ts";
import { apiBytes, columnsOf, mustFindApi, presentApi, presentApiPage, presentApis } from "./find.ts";
import { readOperations } from "./operations.ts";

import type { Api, ApiForPage, ApiPage, ApiRef, ApiSummary, GetApiInput, ListApisInput } from "./schema.ts";
import { mustFindVisibleApi, visibleTo } from "./visibility.ts";

/**
 * The APIs that the user may see, by slug. Fewer than `limit` if their operations would make the response too
 * large; an API that is larger than a response comes alone, with its first operations.
 */
export async function listApis({ ctx, input }: Verb<ListApisInput>): Promise<ApiPage> {
  requireAuthenticated(ctx);
  const { q, t } = ctx.db.read;
  const { responseBytes } = ctx.settings.bounds;
  const rows = await q
    .select(columnsOf(getTableColumns(t.apis)))
    .from(t.apis)
    .where(matching(ctx, input))
    .orderBy(asc(t.apis.slug))
    .limit(input.limit + 1);
  const bytesOf = await apiBytes(ctx.db.read, rows);
  const sizes = rows.slice(0, input.limit).map((row) => bytesOf(row));
  const page = pageOf(
    rows,
    countWithinBytes(sizes, responseBytes),
    (row) => [row.slug],
    (row) => row,
  );
  const [only] = page.items;
  const items =
    page.items.length === 1 && only
      ? [await presentApiPage(ctx.db.read, only, responseBytes)]
      : await presentApis(ctx.db.read, page.items);
  return { ...page, items };
}

/** Characters of a description that lists show. */
const SUMMARY_CHARACTERS = 300;

/** The same without operations, for pages. */
export async function listApiSummaries({ ctx, input }: Verb<ListApisInput>): Promise<Page<ApiSummary>> {
  requireAuthenticated(ctx);
  const { q, t } = ctx.db.read;
  const { id, slug, name, description, access, baseUrl, updatedAt } = t.apis;
  const rows = await q
    .select({
      slug,
      name,
      access,
      baseUrl,
      updatedAt,
      description: sql<string>`substr(${description}, 1, ${SUMMARY_CHARACTERS})`,
      operationCount: q.$count(t.operations, eq(t.operations.apiId, id)),
    })
    .from(t.apis)
    .where(matching(ctx, input))
    .orderBy(asc(slug))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    (row) => [row.slug],
    (row) => ({ ...row, updatedAt: iso(row.updatedAt) }),
  );
}

/** APIs that a form can offer to choose from. */
const MAX_NAMES = 1_000;

/** Slug and name of the first 1,000 APIs that the user may see, by slug. */
export async function listApiNames({
  ctx,
}: Pick<Verb<unknown>, "ctx">): Promise<Pick<Api, "slug" | "name">[]> {
  requireAuthenticated(ctx);
  const { q, t } = ctx.db.read;
  const { slug, name } = t.apis;
  return q
    .select({ slug, name })
    .from(t.apis)
    .where(visibleTo(ctx.db.read, ctx.actor))
    .orderBy(asc(slug))
    .limit(MAX_NAMES);
}

function matching({ db, actor }: Ctx, { search, cursor }: ListApisInput) {
  const { apis } = db.read.t;
  const after = readCursor(cursor, ["text"]);
  return and(
    visibleTo(db.read, actor),
    search
      ? or(...[apis.slug, apis.name, apis.description].map((column) => contains(column, search)))
      : undefined,
    after ? gt(apis.slug, after[0]) : undefined,
  );
}

/** A page renders each operation as text and as data. */
const PAGE_BYTES = 128 * 1_024;

/** One API with as many of its operations as the response holds; `operationsCursor` leads to the others. */
export async function getApi({ ctx, input }: Verb<GetApiInput>): Promise<Api> {
  requireAuthenticated(ctx);
  const after = readCursor(input.operationsCursor, ["number"], "operationsCursor");
  const row = await mustFindVisibleApi(ctx.db.read, ctx, input.slug);
  return presentApiPage(ctx.db.read, row, ctx.settings.bounds.responseBytes, after?.[0]);
}

/** The name of an API, for the pages that change it. Administrators only. */
export async function getApiToChange({ ctx, input }: Verb<ApiRef>): Promise<Pick<Api, "slug" | "name">> {
  requireAdmin(ctx);
  const { slug, name } = await mustFindApi(ctx.db.read, input.slug);
  return { slug, name };
}

/** The same as `getApi` for a page, which shows `maxOperations` of them at most and says how many there are. */
export async function getApiForPage({
  ctx,
  input,
}: Verb<ApiRef & { maxOperations: number }>): Promise<ApiForPage> {
  requireAuthenticated(ctx);
  const { q, t } = ctx.db.read;
  const row = await mustFindVisibleApi(ctx.db.read, ctx, input.slug);
  const [counted] = await q
    .select({ operations: count() })
    .from(t.operations)
    .where(eq(t.operations.apiId, row.id));
  const range = { maxBytes: PAGE_BYTES, maxCount: input.maxOperations };
  return {
    ...presentApi(row, await readOperations(ctx.db.read, row.id, range)),
    operationCount: counted?.operations ?? 0,
  };
}
