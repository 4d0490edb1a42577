import type { NextRequest } from "next/server";
import { handlePageQuery } from "#server/page-query.ts";
import { simulate, simulateSchema } from "#server/simulate.ts";

interface Context {
  params: Promise<{ projectId: string; keyId: string }>;
}

/** What a draft says of a call, for the tester as somebody types in it. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return handlePageQuery(request, await params, simulateSchema, simulate);
}
