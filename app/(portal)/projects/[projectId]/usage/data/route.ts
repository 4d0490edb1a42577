import type { NextRequest } from "next/server";
import { readUsageView } from "#components/usage/usage-state.ts";
import { handlePageRead } from "#server/page-read.ts";
import { readUsagePanel } from "../read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** The numbers of the usage panel, for the page that refreshes itself. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const input = { projectId, view: readUsageView(search) };
    return Response.json(await readUsagePanel({ ctx, input }), { headers: { "Cache-Control": "no-store" } });
  });
}
