import type { NextRequest } from "next/server";
import { readUsageView } from "#components/usage/usage-state.ts";
import { handlePageRead } from "#server/page-read.ts";
import { readSitePanel } from "../read.ts";

/** The numbers of the site's panel, for the page that refreshes itself. */
export async function GET(request: NextRequest): Promise<Response> {
  return handlePageRead(request, async (ctx, search) => {
    const { range } = readUsageView(search);
    return Response.json(await readSitePanel({ ctx, input: { range } }), {
      headers: { "Cache-Control": "no-store" },
    });
  });
}
