import { and, asc, count, eq, ne } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { DomainError, notFound } from "../../errors.ts";
import { type ApiRow, mustFindApi } from "../apis/find.ts";
import { mustFindApiForReader } from "../apis/visibility.ts";
import {
  type Changelog,
  type Guide,
  type GuideRef,
  type GuideSummary,
  MAX_GUIDES,
  type SaveChangelogInput,
  type SaveGuideInput,
} from "./schema.ts";

/** The slug of the changelog, which no guide can have. */
const CHANGELOG = "";

/** The guides of an API in their order, and whether it has a changelog. */
export async function listGuidesOf(
  { q, t: { guides } }: Scope,
  apiId: string,
): Promise<{ guides: GuideSummary[]; hasChangelog: boolean }> {
  const { slug, title, updatedAt, position } = guides;
  const rows = await q
    .select({ slug, title, updatedAt })
    .from(guides)
    .where(eq(guides.apiId, apiId))
    .orderBy(asc(position), asc(slug));
  return {
    guides: rows
      .filter((row) => row.slug !== CHANGELOG)
      .map((row) => ({ ...row, updatedAt: iso(row.updatedAt) })),
    hasChangelog: rows.some((row) => row.slug === CHANGELOG),
  };
}

/** The guides of an API, without their text. For visitors too if the API is public. */
export async function listGuides({ ctx, input }: Verb<{ slug: string }>): Promise<{ items: GuideSummary[] }> {
  const api = await mustFindApiForReader(ctx.db.read, ctx, input.slug);
  return { items: (await listGuidesOf(ctx.db.read, api.id)).guides };
}

/** A guide. For visitors too if the API is public. Throws `not-found`. */
export async function getGuide({ ctx, input }: Verb<GuideRef>): Promise<Guide> {
  const api = await mustFindApiForReader(ctx.db.read, ctx, input.slug);
  const row = await findGuide(ctx.db.read, api, input.guide);
  if (!row) throw notFound("guide");
  return { slug: row.slug, title: row.title, body: row.body, updatedAt: iso(row.updatedAt) };
}

/** The changelog of an API; empty if it has none. For visitors too if the API is public. */
export async function getChangelog({ ctx, input }: Verb<{ slug: string }>): Promise<Changelog> {
  const api = await mustFindApiForReader(ctx.db.read, ctx, input.slug);
  const row = await findGuide(ctx.db.read, api, CHANGELOG);
  return row ? { body: row.body, updatedAt: iso(row.updatedAt) } : { body: "", updatedAt: null };
}

async function findGuide({ q, t: { guides } }: Scope, { id }: ApiRow, slug: string) {
  const [row] = await q
    .select()
    .from(guides)
    .where(and(eq(guides.apiId, id), eq(guides.slug, slug)));
  return row;
}

/** Creates or replaces a guide. Administrators only. */
export async function saveGuide({ ctx, input }: Verb<SaveGuideInput>): Promise<Guide> {
  requireAdmin(ctx);
  const { guide: slug, title, body } = input;
  return ctx.db.write(async (tx) => {
    const api = await mustFindApi(tx, input.slug);
    // One at a time, so that two at once can't exceed the limit.
    await tx.q.update(tx.t.apis).set({ id: api.id }).where(eq(tx.t.apis.id, api.id));
    const before = await findGuide(tx, api, slug);
    const others = await countGuides(tx, api.id, slug);
    if (others >= MAX_GUIDES) {
      throw new DomainError("conflict", `An API has at most ${MAX_GUIDES} guides.`, {
        problem: "LIMIT_REACHED",
      });
    }
    const updatedAt = ctx.now();
    const position = input.position ?? before?.position ?? others;
    await writeGuide(tx, { apiId: api.id, slug, title, body, position, updatedAt });
    await recordAudit(tx, ctx, {
      action: before ? "guide.updated" : "guide.created",
      subject: api,
      after: { guide: slug, title },
    });
    return { slug, title, body, updatedAt: iso(updatedAt) };
  });
}

/** Replaces the changelog; an empty text removes it. Administrators only. */
export async function saveChangelog({
  ctx,
  input: { slug, body },
}: Verb<SaveChangelogInput>): Promise<Changelog> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const api = await mustFindApi(tx, slug);
    const updatedAt = ctx.now();
    if (body === "") await removeGuide(tx, api.id, CHANGELOG);
    else {
      await writeGuide(tx, { apiId: api.id, slug: CHANGELOG, title: "", body, position: 0, updatedAt });
    }
    await recordAudit(tx, ctx, {
      action: "changelog.updated",
      subject: api,
      after: { characters: body.length },
    });
    return { body, updatedAt: body === "" ? null : iso(updatedAt) };
  });
}

/** Deletes a guide. Administrators only. Throws `not-found`. */
export async function deleteGuide({ ctx, input: { slug, guide } }: Verb<GuideRef>): Promise<void> {
  requireAdmin(ctx);
  await ctx.db.write(async (tx) => {
    const api = await mustFindApi(tx, slug);
    if (!(await findGuide(tx, api, guide))) throw notFound("guide");
    await removeGuide(tx, api.id, guide);
    await recordAudit(tx, ctx, { action: "guide.deleted", subject: api, after: { guide } });
  });
}

async function countGuides({ q, t: { guides } }: Tx, apiId: string, except: string): Promise<number> {
  const isOther = and(eq(guides.apiId, apiId), ne(guides.slug, CHANGELOG), ne(guides.slug, except));
  const [row] = await q.select({ n: count() }).from(guides).where(isOther);
  return row?.n ?? 0;
}

async function writeGuide({ q, t: { guides } }: Tx, row: Tx["t"]["guides"]["$inferInsert"]): Promise<void> {
  await q
    .insert(guides)
    .values(row)
    .onConflictDoUpdate({ target: [guides.apiId, guides.slug], set: row });
}

async function removeGuide({ q, t: { guides } }: Tx, apiId: string, slug: string): Promise<void> {
  await q.delete(guides).where(and(eq(guides.apiId, apiId), eq(guides.slug, slug)));
}
