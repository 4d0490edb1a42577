import type { NextRequest } from "next/server";
import { handlePageQuery } from "#server/page-query.ts";
import { simulateNewKey, simulateNewKeySchema } from "#server/simulate.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** The verdict of a new key's draft on a test request, for the tester in its dialog. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return handlePageQuery(request, await params, simulateNewKeySchema, simulateNewKey);
}
