import type { NextRequest } from "next/server";
import { handlePageQuery } from "#server/page-query.ts";
import { simulate, simulateSchema } from "#server/simulate.ts";

interface Context {
  params: Promise<{ projectId: string; keyId: string }>;
}

/** The verdict of a draft on a test request, requested while the user edits either. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return handlePageQuery(request, await params, simulateSchema, simulate);
}
