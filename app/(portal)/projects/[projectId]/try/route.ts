import type { NextRequest } from "next/server";
import { getServices } from "#server/context.ts";
import { handlePageQuery } from "#server/page-query.ts";
import { sendTryRequest, tryRequestSchema } from "#server/try-it/try-request.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** Sends a request to an API that allows no requests from browsers of this site. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  const { settings } = await getServices();
  return handlePageQuery(request, await params, tryRequestSchema, (call) =>
    sendTryRequest(call, { toPrivate: settings.apisToPrivate }),
  );
}
