import type { NextRequest } from "next/server";
import { viewOf } from "#components/usage/ranges.ts";
import { usageCsv } from "#domain/usage/csv.ts";
import { csvAnswer } from "#server/files.ts";
import { answerReader } from "#server/reader.ts";
import { usageQuestion } from "../read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** The numbers of the usage panel as a file. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return answerReader(request, async (ctx, search) => {
    const question = { projectId, keyId: search.get("key") ?? undefined, view: viewOf(search) };
    return csvAnswer(await usageCsv({ ctx, input: usageQuestion(question, ctx.now()) }));
  });
}
