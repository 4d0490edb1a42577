import type { NextRequest } from "next/server";
import { getSweep } from "#domain/keys/lifecycle/sweeps/read.ts";
import { handlePageRead } from "#server/page-read.ts";

interface Context {
  params: Promise<{ sweepId: string }>;
}

/** How far a sweep is, for the page that watches it. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const input = await params;
  return handlePageRead(request, async (ctx) =>
    Response.json(await getSweep({ ctx, input }), { headers: { "Cache-Control": "no-store" } }),
  );
}
