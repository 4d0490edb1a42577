import { requireAdmin, type Verb } from "../context.ts";
import { parseOpenApi } from "./openapi.ts";
import type { PreviewOpenApiInput } from "./schemas.ts";
import type { OpenApiSummary } from "./types.ts";

/** What a document would put into the catalogue; nothing is written. Administrators only. */
export async function previewOpenApi({ ctx, input }: Verb<PreviewOpenApiInput>): Promise<OpenApiSummary> {
  requireAdmin(ctx);
  return parseOpenApi(input.openapi).summary;
}
