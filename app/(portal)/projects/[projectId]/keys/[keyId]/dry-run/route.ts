import type { NextRequest } from "next/server";
import { dryRun } from "#domain/keys/restrictions/dry-run.ts";
import { dryRunSchema } from "#domain/keys/restrictions/schema.ts";
import { handlePageQuery } from "#server/page-query.ts";

interface Context {
  params: Promise<{ projectId: string; keyId: string }>;
}

/** The impact of a draft on the key's recent traffic, requested while the user edits it. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return handlePageQuery(request, await params, dryRunSchema, dryRun);
}
