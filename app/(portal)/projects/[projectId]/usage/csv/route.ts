import type { NextRequest } from "next/server";
import { readUsageView } from "#components/usage/usage-state.ts";
import { usageCsv } from "#domain/usage/csv.ts";
import { csvAnswer } from "#server/file-responses.ts";
import { handlePageRead } from "#server/page-read.ts";
import { panelUsageInput } from "../read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** The numbers of the usage panel as CSV. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return handlePageRead(request, async (ctx, search) => {
    const input = { projectId, view: readUsageView(search) };
    return csvAnswer(await usageCsv({ ctx, input: panelUsageInput(input, ctx.now()) }));
  });
}
