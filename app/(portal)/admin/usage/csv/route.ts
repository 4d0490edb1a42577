import type { NextRequest } from "next/server";
import { readUsageView } from "#components/usage/usage-state.ts";
import { siteUsageCsv } from "#domain/usage/csv.ts";
import { csvAnswer } from "#server/file-responses.ts";
import { handlePageRead } from "#server/page-read.ts";
import { siteUsageInputOf } from "../read.ts";

/** The numbers of the site's panel as CSV. */
export async function GET(request: NextRequest): Promise<Response> {
  return handlePageRead(request, async (ctx, search) =>
    csvAnswer(await siteUsageCsv({ ctx, input: siteUsageInputOf(readUsageView(search).range, ctx.now()) })),
  );
}
