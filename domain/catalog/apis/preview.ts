import { requireAdmin, type Verb } from "../../context.ts";
import { readOpenApi } from "./read-openapi.ts";
import type { PreviewOpenApiInput } from "./schema.ts";
import type { OpenApiPreview } from "./types.ts";

/** How many operations a preview lists. */
const MAX_LISTED = 100;

/** What a document would add; nothing is written. Administrators only. */
export async function previewOpenApi({ ctx, input }: Verb<PreviewOpenApiInput>): Promise<OpenApiPreview> {
  requireAdmin(ctx);
  const { summary } = await readOpenApi(input.openapi);
  const operations = summary.operations.slice(0, MAX_LISTED);
  return { ...summary, operations, operationCount: summary.operations.length };
}
