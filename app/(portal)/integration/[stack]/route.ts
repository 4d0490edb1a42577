import type { NextRequest } from "next/server";
import { STACKS } from "#components/integration/stacks.ts";
import { notFound } from "#domain/errors.ts";
import { readIntegrationFiles } from "#server/integration-files.ts";
import { handlePageRead } from "#server/page-read.ts";

interface Context {
  params: Promise<{ stack: string }>;
}

/** The documented files for a stack, to be filled in by the page: a token is never sent here. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { stack: id } = await params;
  return handlePageRead(request, async () => {
    const stack = STACKS.find((each) => each.id === id);
    if (stack === undefined) throw notFound("stack");
    return Response.json(await readIntegrationFiles(stack.paths));
  });
}
