import type { NextRequest } from "next/server";
import { viewOf } from "#components/usage/ranges.ts";
import { answerReader } from "#server/reader.ts";
import { readSitePanel } from "../read.ts";

/** The numbers of the site's panel, for the page that watches them. */
export async function GET(request: NextRequest): Promise<Response> {
  return answerReader(request, async (ctx, search) => {
    const { range } = viewOf(search);
    return Response.json(await readSitePanel({ ctx, input: { range } }), {
      headers: { "Cache-Control": "no-store" },
    });
  });
}
