import type { NextRequest } from "next/server";
import { getPropagation } from "#domain/keys/propagation/read.ts";
import { getPropagationSchema } from "#domain/keys/propagation/schema.ts";
import { parsePageInput } from "#server/page-input.ts";
import { handlePageRead } from "#server/page-read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** How many verifiers know of a change. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const input = parsePageInput(getPropagationSchema, { projectId, seq: search.get("seq") ?? undefined });
    return Response.json(await getPropagation({ ctx, input }), {
      headers: { "Cache-Control": "no-store" },
    });
  });
}
