import type { NextRequest } from "next/server";
import { explainEntries } from "#domain/keys/restrictions/explain.ts";
import { explainEntriesSchema } from "#domain/keys/restrictions/schema.ts";
import { handlePageQuery } from "#server/page-query.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** What entries of restrictions match, requested while the user edits them. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  return handlePageQuery(request, await params, explainEntriesSchema, explainEntries);
}
