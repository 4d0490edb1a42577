import type { NextRequest } from "next/server";
import { endTrySchema } from "#domain/keys/try-it/schema.ts";
import { endTry } from "#domain/keys/try-it/session.ts";
import { handlePageQuery } from "#server/page-query.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** Ends a temporary secret. A route, because a page that is being left can't await an action. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return handlePageQuery(request, await params, endTrySchema, async (call) => {
    await endTry(call);
    return {};
  });
}
