import type { NextRequest } from "next/server";
import { readReach } from "#domain/reach/read.ts";
import { reachSchema } from "#domain/reach/schemas.ts";
import { answerReader } from "#server/reader.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** How many verifiers know of a change, for the page that made it. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return answerReader(request, async (ctx, search) => {
    const input = reachSchema.parse({ projectId, seq: search.get("seq") ?? undefined });
    return Response.json(await readReach({ ctx, input }), { headers: { "Cache-Control": "no-store" } });
  });
}
