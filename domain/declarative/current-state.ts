import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { readProjectRules } from "../access/policies/key-rules.ts";
import { requireProjectRole } from "../access/project-access.ts";
import { listServiceTokens } from "../access/service-tokens/list.ts";
import type { ServiceToken } from "../access/service-tokens/schema.ts";
import { columnsOf, presentApis } from "../catalog/apis/find.ts";
import type { Api } from "../catalog/apis/schema.ts";
import { type Ctx, isAdmin, requireAdmin } from "../context.ts";
import { type KeyRow, presentKeys } from "../keys/find.ts";
import { projectRule } from "../keys/lifecycle/secret-age/read.ts";
import type { Key } from "../keys/schema.ts";
import { loadPlans, presentPlans } from "../plans/find.ts";
import type { Plan } from "../plans/schema.ts";
import { listProjects } from "../projects/list.ts";
import { listProjectsSchema, type ProjectSummary } from "../projects/schema.ts";

const PAGE = 200;

export interface CurrentApi extends Api {
  hasDocument: boolean;
  plans: Plan[];
}

/** Every API with all its operations and plans. Administrators only. */
export async function readApis(ctx: Ctx): Promise<CurrentApi[]> {
  requireAdmin(ctx);
  const scope = ctx.db.read;
  const { q, t } = scope;
  const rows = await q.select(columnsOf(t.apis)).from(t.apis).orderBy(asc(t.apis.slug));
  const documents = await q.select({ slug: t.apis.slug }).from(t.apis).where(isNotNull(t.apis.openapi));
  const withDocument = new Set(documents.map(({ slug }) => slug));
  const read: CurrentApi[] = [];
  for (const row of rows) {
    const [api] = await presentApis(scope, [row]);
    const condition = and(eq(t.plans.apiId, row.id), isNull(t.plans.archivedAt));
    const plans = await presentPlans(scope, await loadPlans(scope, condition, ctx.now()));
    if (api) read.push({ ...api, plans, hasDocument: withDocument.has(row.slug) });
  }
  return read;
}

/** Every service token that is not revoked. Administrators only. */
export async function readServiceTokens(ctx: Ctx): Promise<ServiceToken[]> {
  const read: ServiceToken[] = [];
  let cursor: string | undefined;
  do {
    const page = await listServiceTokens({ ctx, input: { limit: PAGE, cursor } });
    read.push(...page.items.filter(({ revokedAt }) => revokedAt === null));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return read.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The projects of the caller; all for an administrator. */
export async function readProjects(ctx: Ctx): Promise<ProjectSummary[]> {
  const read: ProjectSummary[] = [];
  let cursor: string | undefined;
  do {
    const input = listProjectsSchema.parse({ all: isAdmin(ctx.actor), limit: PAGE, cursor });
    const page = await listProjects({ ctx, input });
    read.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return read;
}

/** What a project has besides its name and limits. */
export async function readProject(ctx: Ctx, projectId: string) {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, projectId, "viewer");
  const { q, t } = scope;
  const apis = await q
    .select({ slug: t.apis.slug, status: t.projectApis.status })
    .from(t.projectApis)
    .innerJoin(t.apis, eq(t.apis.id, t.projectApis.apiId))
    .where(eq(t.projectApis.projectId, projectId))
    .orderBy(asc(t.apis.slug));
  const rows: KeyRow[] = await q
    .select()
    .from(t.keys)
    .where(and(eq(t.keys.projectId, projectId), isNull(t.keys.revokedAt)))
    .orderBy(asc(t.keys.name), asc(t.keys.id));
  const keys: Key[] = [];
  for (let at = 0; at < rows.length; at += PAGE) {
    keys.push(...(await presentKeys(scope, rows.slice(at, at + PAGE), ctx.now())));
  }
  const stored = new Map(rows.map((row) => [row.id, row]));
  return {
    keyRules: await readProjectRules(scope, projectId),
    secretAge: await projectRule(scope, projectId),
    /** Also those that wait for an approval. */
    apis: apis.filter(({ status }) => status !== "declined").map(({ slug }) => slug),
    // The expiry as it was set, without the end of a maximum lifetime.
    keys: keys.map((key) => ({ key, expiresAt: stored.get(key.id)?.expiresAt ?? null })),
  };
}
export type CurrentProject = Awaited<ReturnType<typeof readProject>>;
