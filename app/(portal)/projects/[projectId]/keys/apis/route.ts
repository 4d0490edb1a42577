import type { NextRequest } from "next/server";
import { findOperations } from "#domain/catalog/apis/find-operations.ts";
import { findOperationsSchema } from "#domain/catalog/apis/schema.ts";
import { listEnabledApis } from "#domain/catalog/enablement/enabled-apis.ts";
import { parsePageInput } from "#server/page-input.ts";
import { handlePageRead } from "#server/page-read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/**
 * What a key of the project can be restricted to, for the dialog of a new one; with `api`, the operations of that API
 * that match `search`.
 */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const slug = search.get("api");
    const answer =
      slug === null
        ? await listEnabledApis({ ctx, input: { projectId, named: [] } })
        : await findOperations({
            ctx,
            input: parsePageInput(findOperationsSchema, { slug, search: search.get("search") ?? "" }),
          });
    return Response.json(answer, { headers: { "Cache-Control": "no-store" } });
  });
}
