import type { NextRequest } from "next/server";
import { readTryChecks } from "#domain/keys/try-it/checks.ts";
import { readTrySchema } from "#domain/keys/try-it/schema.ts";
import { handlePageQuery } from "#server/page-query.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** The checks that requests with a temporary secret caused. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return handlePageQuery(request, await params, readTrySchema, readTryChecks);
}
