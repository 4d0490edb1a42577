import type { NextRequest } from "next/server";
import { statementCsv } from "#domain/billing/statements/csv.ts";
import { monthOrCurrent } from "#domain/billing/statements/months.ts";
import { csvAnswer } from "#server/file-responses.ts";
import { handlePageRead } from "#server/page-read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** A statement as CSV. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const month = monthOrCurrent(search.get("month"), ctx.now());
    return csvAnswer(await statementCsv({ ctx, input: { projectId, month } }));
  });
}
