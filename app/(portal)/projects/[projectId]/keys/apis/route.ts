import type { NextRequest } from "next/server";
import { answerReader } from "#server/reader.ts";
import { editorApis } from "../editor-apis.ts";

interface Context {
  params: Promise<{ projectId: string }>;
}

/** What a key of the project can be restricted to, for the dialog of a new one. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const input = await params;
  return answerReader(request, async (ctx) =>
    Response.json(await editorApis({ ctx, input }), { headers: { "Cache-Control": "no-store" } }),
  );
}
