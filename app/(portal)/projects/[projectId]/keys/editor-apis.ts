import type { EditorApi } from "#components/restrictions/types.ts";
import { getApi } from "#domain/catalog/apis/get.ts";
import { listProjectApis } from "#domain/catalog/enablement/list.ts";
import type { Ctx } from "#domain/context.ts";

const MAX_SUMMARIES = 1_000;

/** The APIs that the project has enabled, with their operations: what a key can be restricted to. */
export async function editorApis({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { projectId: string };
}): Promise<EditorApi[]> {
  const { items } = await listProjectApis({ ctx, input });
  const enabled = items.filter((api) => api.status === "enabled");
  const apis = await Promise.all(enabled.map(({ slug }) => getApi({ ctx, input: { slug } })));
  // Of many operations the names have to do.
  const total = apis.reduce((sum, { operations }) => sum + operations.length, 0);
  return apis.map(({ slug, name, operations }) => ({
    slug,
    name,
    operations: operations.map((operation) => ({
      name: operation.name,
      summary: total > MAX_SUMMARIES ? null : operation.summary,
    })),
  }));
}
