import { asc, getTableColumns } from "drizzle-orm";
import type { Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { columnsOf } from "../apis/find.ts";
import { mustFindApiForReader, readerOf, visibleTo } from "../apis/visibility.ts";
import { listGuidesOf } from "./guides.ts";
import { loadDocument } from "./load.ts";
import { type ReferenceOperation, readReferenceOperation } from "./operation.ts";
import { type ReferenceOverview, readOverview } from "./overview.ts";
import type { GuideSummary, ReferenceInput, ReferenceOperationInput } from "./schema.ts";

/** A reference, and the Markdown pages beside it. */
export interface ReferenceWithGuides extends ReferenceOverview {
  guides: GuideSummary[];
  hasChangelog: boolean;
}

/** The reference of an API, with the operations that match. For visitors too if the API is public. */
export async function readReference({ ctx, input }: Verb<ReferenceInput>): Promise<ReferenceWithGuides> {
  const scope = ctx.db.read;
  const api = await mustFindApiForReader(scope, ctx, input.slug);
  const [loaded, guides] = await Promise.all([loadDocument(scope, api), listGuidesOf(scope, api.id)]);
  return { ...readOverview(api, loaded, input), ...guides };
}

/** An operation in the reference, and the operations beside it. */
export interface OperationPage {
  api: ReferenceWithGuides;
  operation: ReferenceOperation;
}

/** One operation of an API. For visitors too if the API is public. Throws `not-found`. */
export async function readOperation({ ctx, input }: Verb<ReferenceOperationInput>): Promise<OperationPage> {
  const scope = ctx.db.read;
  const api = await mustFindApiForReader(scope, ctx, input.slug);
  const [loaded, guides] = await Promise.all([loadDocument(scope, api), listGuidesOf(scope, api.id)]);
  const found = loaded.byName.get(input.operation);
  if (!found) throw notFound("operation");
  const operation = readReferenceOperation(loaded.document, found, api);
  const tag = operation.tags[0] ?? "";
  return { api: { ...readOverview(api, loaded, { tag }), ...guides }, operation };
}

/** An API's OpenAPI document as it was uploaded, as an object. For visitors too if the API is public. */
export async function readApiDocument({
  ctx,
  input,
}: Verb<{ slug: string }>): Promise<Record<string, unknown>> {
  const api = await mustFindApiForReader(ctx.db.read, ctx, input.slug);
  return (await loadDocument(ctx.db.read, api)).document;
}

/** APIs that one list of references has. */
const MAX_APIS = 500;

export interface ListedReference {
  slug: string;
  name: string;
  description: string;
}

/** The references that the reader may see, by slug; visitors see those of public APIs. */
export async function listReferences({ ctx }: Pick<Verb<unknown>, "ctx">): Promise<ListedReference[]> {
  const { q, t } = ctx.db.read;
  const { slug, name, description } = columnsOf(getTableColumns(t.apis));
  return q
    .select({ slug, name, description })
    .from(t.apis)
    .where(visibleTo(ctx.db.read, readerOf(ctx.actor)))
    .orderBy(asc(slug))
    .limit(MAX_APIS);
}
