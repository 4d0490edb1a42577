import type { NextRequest } from "next/server";
import { readDenialState } from "#components/denials/denial-state.ts";
import { handlePageRead } from "#server/page-read.ts";
import { readDenials } from "../read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** The latest denied requests, for the page that refreshes itself. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const page = await readDenials({ ctx, input: { projectId, state: readDenialState(search) } });
    return Response.json(page, { headers: { "Cache-Control": "no-store" } });
  });
}
