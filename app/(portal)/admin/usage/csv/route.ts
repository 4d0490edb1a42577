import type { NextRequest } from "next/server";
import { viewOf } from "#components/usage/ranges.ts";
import { siteUsageCsv } from "#domain/usage/csv.ts";
import { csvAnswer } from "#server/files.ts";
import { answerReader } from "#server/reader.ts";
import { siteQuestion } from "../read.ts";

/** The numbers of the site's panel as a file. */
export async function GET(request: NextRequest): Promise<Response> {
  return answerReader(request, async (ctx, search) =>
    csvAnswer(await siteUsageCsv({ ctx, input: siteQuestion(viewOf(search).range, ctx.now()) })),
  );
}
