import type { NextRequest } from "next/server";
import { refusalViewOf } from "#components/denials/address.ts";
import { answerReader } from "#server/reader.ts";
import { readRefusals } from "../read.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** The latest refusals, for the page that watches them. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { projectId } = await params;
  return answerReader(request, async (ctx, search) => {
    const page = await readRefusals({ ctx, input: { projectId, view: refusalViewOf(search) } });
    return Response.json(page, { headers: { "Cache-Control": "no-store" } });
  });
}
