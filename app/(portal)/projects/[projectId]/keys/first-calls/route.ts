import type { NextRequest } from "next/server";
import { readFirstCalls } from "#domain/catalog/reference/first-call.ts";
import { readFirstCallsSchema } from "#domain/catalog/reference/schema.ts";
import { handlePageRead } from "#server/page-read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** Requests to try a new key with, for the dialog that shows its secret. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const input = readFirstCallsSchema.parse({ projectId, keyId: search.get("keyId") ?? undefined });
    const calls = await readFirstCalls({ ctx, input });
    return Response.json(calls, { headers: { "Cache-Control": "no-store" } });
  });
}
