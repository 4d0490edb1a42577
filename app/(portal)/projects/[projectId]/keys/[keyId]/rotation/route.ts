import type { NextRequest } from "next/server";
import { readRotation } from "#domain/keys/rotation/read.ts";
import { handlePageRead } from "#server/page-read.ts";

interface Context {
  params: Promise<{ projectId: string; keyId: string }>;
}

/** The overlap of a rotated key, which the page polls. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const input = await params;
  return handlePageRead(request, async (ctx) =>
    Response.json(await readRotation({ ctx, input }), { headers: { "Cache-Control": "no-store" } }),
  );
}
