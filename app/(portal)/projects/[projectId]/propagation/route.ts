import type { NextRequest } from "next/server";
import { invalid } from "#domain/errors.ts";
import { getPropagation } from "#domain/keys/propagation/read.ts";
import { getPropagationSchema } from "#domain/keys/propagation/schema.ts";
import { handlePageRead } from "#server/page-read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** How many verifiers know of a change. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const parsed = getPropagationSchema.safeParse({ projectId, seq: search.get("seq") ?? undefined });
    if (!parsed.success) throw invalid("seq", "Is not the number of a change.");
    return Response.json(await getPropagation({ ctx, input: parsed.data }), {
      headers: { "Cache-Control": "no-store" },
    });
  });
}
