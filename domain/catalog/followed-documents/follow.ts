import { and, asc, eq, gt } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, requireAdmin, type Verb } from "../../context.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { createApi, previewOpenApi } from "../apis/create.ts";
import { type ApiRow, mustFindApi } from "../apis/find.ts";
import type { Api, ApiRef, OpenApiPreview } from "../apis/schema.ts";
import { updateApi } from "../apis/update.ts";
import { countAffectedKeys } from "./changes.ts";
import { type DocumentCheckResult, findChanges } from "./find-changes.ts";
import type {
  CreateFollowedApiInput,
  FetchDocument,
  FollowDocumentInput,
  FollowedDocument,
  FoundDocumentInput,
  PreviewDocumentAtInput,
} from "./schema.ts";

type Row = Tables["followedDocuments"]["$inferSelect"];

/** A verb that reads the document at a URL. */
type FetchingVerb<Input> = Verb<Input> & { fetchDocument: FetchDocument };

/** The document that an API follows; null if it follows none. Administrators only. */
export async function getFollowedDocument({ ctx, input }: Verb<ApiRef>): Promise<FollowedDocument | null> {
  requireAdmin(ctx);
  const api = await mustFindApi(ctx.db.read, input.slug);
  return present(ctx.db.read, api);
}

/**
 * Follows the document at a URL, instead of another URL: it is read at once and then every day, and a changed one waits
 * until an administrator applies or declines it. Throws `invalid` if it can't be read. Administrators only.
 */
export async function followDocument({
  ctx,
  input: { slug, url },
  fetchDocument,
}: FetchingVerb<FollowDocumentInput>): Promise<FollowedDocument | null> {
  requireAdmin(ctx);
  const compared = await mustFindApi(ctx.db.read, slug);
  const result = await findChanges(ctx.db.read, compared, url, fetchDocument);
  if ("error" in result) throw invalid("url", result.error);
  const followed = await ctx.db.write(async (tx) => {
    const api = await mustFindApi(tx, slug);
    if (api.updatedAt !== compared.updatedAt) {
      throw new DomainError("conflict", "The API was changed while the document was read. Try again.");
    }
    const row = { url, ...checked(result, ctx.now(), null), declinedDigest: null };
    await tx.q
      .insert(tx.t.followedDocuments)
      .values({ apiId: api.id, ...row })
      .onConflictDoUpdate({ target: tx.t.followedDocuments.apiId, set: row });
    await recordAudit(tx, ctx, {
      action: "api.document-followed",
      subject: api,
      after: { url: withoutQuery(url) },
    });
    return api;
  });
  // Looks at many keys, which must not keep other writers waiting.
  return present(ctx.db.read, followed);
}

/** What the document at a URL would add; nothing is written. Administrators only. */
export async function previewDocumentAt({
  ctx,
  input,
  fetchDocument,
}: FetchingVerb<PreviewDocumentAtInput>): Promise<OpenApiPreview> {
  requireAdmin(ctx);
  return previewOpenApi({ ctx, input: { openapi: await mustFetch(input.url, fetchDocument) } });
}

/** Adds an API from the document at a URL, and follows it from then on. Administrators only. */
export async function createFollowedApi({
  ctx,
  input: { url, ...fields },
  fetchDocument,
}: FetchingVerb<CreateFollowedApiInput>): Promise<Api> {
  requireAdmin(ctx);
  const openapi = await mustFetch(url, fetchDocument);
  return createApi({ ctx, input: { ...fields, openapi } }, async (tx, api) => {
    const row = { url, ...checked({ found: null }, ctx.now(), null), declinedDigest: null };
    await tx.q.insert(tx.t.followedDocuments).values({ apiId: api.id, ...row });
    await recordAudit(tx, ctx, {
      action: "api.document-followed",
      subject: api,
      after: { url: withoutQuery(url) },
    });
  });
}

async function mustFetch(url: string, fetchDocument: FetchDocument): Promise<string> {
  const fetched = await fetchDocument(url);
  if ("error" in fetched) throw invalid("url", fetched.error);
  if (fetched.text.trim() === "") throw invalid("url", "The document is empty.");
  return fetched.text;
}

/** Stops following; the document that the API has stays. Administrators only. */
export async function unfollowDocument({ ctx, input }: Verb<ApiRef>): Promise<void> {
  requireAdmin(ctx);
  await ctx.db.write(async (tx) => {
    const api = await mustFindApi(tx, input.slug);
    const { followedDocuments } = tx.t;
    const [row] = await tx.q
      .delete(followedDocuments)
      .where(eq(followedDocuments.apiId, api.id))
      .returning({ url: followedDocuments.url });
    if (!row) throw notFound("followed document");
    await recordAudit(tx, ctx, {
      action: "api.document-unfollowed",
      subject: api,
      after: { url: withoutQuery(row.url) },
    });
  });
}

/** Checks the followed document now. Administrators only. */
export async function checkFollowedDocument({
  ctx,
  input,
  fetchDocument,
}: FetchingVerb<ApiRef>): Promise<FollowedDocument | null> {
  requireAdmin(ctx);
  const api = await mustFindApi(ctx.db.read, input.slug);
  const row = await findRow(ctx.db.read, api.id);
  if (!row) throw notFound("followed document");
  await check(ctx, api, row, fetchDocument);
  return present(ctx.db.read, api);
}

/** Checks all followed documents, one after the other. `checkpoint` is called between two. */
export async function checkFollowedDocuments(
  ctx: Ctx,
  fetchDocument: FetchDocument,
  checkpoint: () => Promise<void>,
): Promise<{ checked: number }> {
  const { followedDocuments } = ctx.db.read.t;
  let [checked, after] = [0, ""];
  for (;;) {
    const [row] = await ctx.db.read.q
      .select()
      .from(followedDocuments)
      .where(gt(followedDocuments.apiId, after))
      .orderBy(asc(followedDocuments.apiId))
      .limit(1);
    if (!row) return { checked };
    const [api] = await ctx.db.read.q
      .select({ slug: ctx.db.read.t.apis.slug })
      .from(ctx.db.read.t.apis)
      .where(eq(ctx.db.read.t.apis.id, row.apiId));
    if (api) {
      await check(ctx, await mustFindApi(ctx.db.read, api.slug), row, fetchDocument);
      checked++;
    }
    after = row.apiId;
    await checkpoint();
  }
}

async function check(ctx: Ctx, api: ApiRow, row: Row, fetchDocument: FetchDocument): Promise<void> {
  const result = await findChanges(ctx.db.read, api, row.url, fetchDocument);
  await ctx.db.write(async ({ q, t: { followedDocuments } }) => {
    await q
      .update(followedDocuments)
      .set(checked(result, ctx.now(), row))
      // Another URL was followed meanwhile, or the document found before was answered: the next check compares again.
      .where(
        and(
          eq(followedDocuments.apiId, api.id),
          eq(followedDocuments.url, row.url),
          eq(followedDocuments.checkedAt, row.checkedAt),
        ),
      );
  });
}

/** The columns after a check. What was found before stays if the document can't be read. */
function checked(result: DocumentCheckResult, nowMs: number, before: Row | null) {
  if ("error" in result) {
    return {
      checkedAt: nowMs,
      error: result.error.slice(0, 500),
      failingSince: before?.failingSince ?? nowMs,
    };
  }
  const found = result.found?.digest === before?.declinedDigest ? null : result.found;
  const isKnown = found !== null && found.digest === before?.pendingDigest;
  return {
    checkedAt: nowMs,
    error: null,
    failingSince: null,
    pending: found?.document ?? null,
    pendingDigest: found?.digest ?? null,
    pendingChanges: found?.changes ?? null,
    pendingSince: found && (isKnown ? before.pendingSince : nowMs),
  };
}

/** Replaces the document of the API by the found document. Throws `conflict` if a newer one was found since. */
export async function applyFollowedDocument({ ctx, input }: Verb<FoundDocumentInput>): Promise<Api> {
  requireAdmin(ctx);
  const api = await mustFindApi(ctx.db.read, input.slug);
  const { pending } = await mustFindPending(ctx.db.read, api.id, input.digest);
  // It deletes what was found, in its transaction.
  return updateApi({ ctx, input: { slug: api.slug, openapi: pending } });
}

/** Keeps the API as it is: the document is shown again only once it has changed. Administrators only. */
export async function declineFollowedDocument({ ctx, input }: Verb<FoundDocumentInput>): Promise<void> {
  requireAdmin(ctx);
  await ctx.db.write(async (tx) => {
    const api = await mustFindApi(tx, input.slug);
    const { url } = await mustFindPending(tx, api.id, input.digest);
    await tx.q
      .update(tx.t.followedDocuments)
      .set({ ...NOTHING_FOUND, declinedDigest: input.digest, checkedAt: ctx.now() })
      .where(eq(tx.t.followedDocuments.apiId, api.id));
    await recordAudit(tx, ctx, {
      action: "api.document-declined",
      subject: api,
      after: { url: withoutQuery(url) },
    });
  });
}

const NOTHING_FOUND = { pending: null, pendingDigest: null, pendingChanges: null, pendingSince: null };

async function findRow({ q, t: { followedDocuments } }: Scope, apiId: string): Promise<Row | undefined> {
  const [row] = await q.select().from(followedDocuments).where(eq(followedDocuments.apiId, apiId));
  return row;
}

async function mustFindPending(scope: Scope, apiId: string, digest: string) {
  const row = await findRow(scope, apiId);
  if (!row?.pending) throw notFound("changed document");
  if (row.pendingDigest !== digest) {
    throw new DomainError("conflict", "The document has changed again. Look at the changes once more.");
  }
  return { url: row.url, pending: row.pending };
}

async function present(scope: Scope, { id, slug }: ApiRow): Promise<FollowedDocument | null> {
  const row = await findRow(scope, id);
  if (!row) return null;
  const { url, checkedAt, error, failingSince, pendingDigest, pendingChanges, pendingSince } = row;
  return {
    url,
    checkedAt: iso(checkedAt),
    failure: error === null ? null : { error, since: iso(failingSince ?? checkedAt) },
    found:
      pendingDigest !== null && pendingChanges !== null
        ? {
            digest: pendingDigest,
            foundAt: iso(pendingSince ?? checkedAt),
            changes: pendingChanges,
            affected: await countAffectedKeys(scope, slug, pendingChanges),
          }
        : null,
  };
}

/** A query may have a token, which the audit log must not keep. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
