import type { NextRequest } from "next/server";
import { statementCsv } from "#domain/billing/statements/csv.ts";
import { csvAnswer } from "#server/files.ts";
import { handlePageRead } from "#server/page-read.ts";
import { statementMonth } from "../month.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** A statement as CSV. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const month = statementMonth(search, ctx.now());
    return csvAnswer(await statementCsv({ ctx, input: { projectId, month } }));
  });
}
