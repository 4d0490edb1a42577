import type { NextRequest } from "next/server";
import { handlePageRead } from "#server/page-read.ts";
import { readReportOnlyPanel } from "../read-report-only.ts";

interface Context {
  params: Promise<{ projectId: string; keyId: string }>;
}

/** The numbers of the report-only panel, which polls them. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const input = await params;
  return handlePageRead(request, async (ctx) =>
    Response.json(await readReportOnlyPanel({ ctx, input }), { headers: { "Cache-Control": "no-store" } }),
  );
}
