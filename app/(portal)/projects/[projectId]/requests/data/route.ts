import type { NextRequest } from "next/server";
import { REQUEST_LIST } from "#components/requests/request-state.ts";
import { handlePageRead } from "#server/page-read.ts";
import { readRequests } from "../read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** The latest requests, for the page that refreshes itself. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const page = await readRequests({ ctx, input: { projectId, state: REQUEST_LIST.read(search) } });
    return Response.json(page, { headers: { "Cache-Control": "no-store" } });
  });
}
