import type { NextRequest } from "next/server";
import { unreadNotices } from "#domain/notifications/list.ts";
import { answerReader } from "#server/reader.ts";

/** How many notices are new: what the bell shows. */
export async function GET(request: NextRequest): Promise<Response> {
  return answerReader(request, async (ctx) =>
    Response.json(await unreadNotices({ ctx, input: {} }), { headers: { "Cache-Control": "no-store" } }),
  );
}
