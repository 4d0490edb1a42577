import type { NextRequest } from "next/server";
import { handlePageQuery } from "#server/page-query.ts";
import { simulateNewKey, simulateNewKeySchema } from "#server/simulate.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** What the draft of a new key says of a call, for the tester in its dialog. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return handlePageQuery(request, await params, simulateNewKeySchema, simulateNewKey);
}
