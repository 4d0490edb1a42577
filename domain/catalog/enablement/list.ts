import { and, asc, eq } from "drizzle-orm";
import { isoOrNull } from "#core/time.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import type { ListProjectApisInput } from "./schema.ts";
import type { ProjectApiList } from "./types.ts";

/** All APIs, with their status in the project. */
export async function listProjectApis({ ctx, input }: Verb<ListProjectApisInput>): Promise<ProjectApiList> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const { apis, projectApis } = t;
  const rows = await q
    .select({
      slug: apis.slug,
      name: apis.name,
      description: apis.description,
      access: apis.access,
      baseUrl: apis.baseUrl,
      status: projectApis.status,
      requestedAt: projectApis.requestedAt,
      decidedAt: projectApis.decidedAt,
      message: projectApis.message,
    })
    .from(apis)
    .leftJoin(projectApis, and(eq(projectApis.apiId, apis.id), eq(projectApis.projectId, input.projectId)))
    .orderBy(asc(apis.slug));
  return {
    items: rows.map(({ requestedAt, decidedAt, ...row }) => ({
      ...row,
      requestedAt: isoOrNull(requestedAt),
      decidedAt: isoOrNull(decidedAt),
    })),
  };
}
