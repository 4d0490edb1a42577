import type { NextRequest } from "next/server";
import { countUnreadNotifications } from "#domain/notifications/list.ts";
import { handlePageRead } from "#server/page-read.ts";

/** How many notices are new: what the bell shows. */
export async function GET(request: NextRequest): Promise<Response> {
  return handlePageRead(request, async (ctx) =>
    Response.json(await countUnreadNotifications({ ctx, input: {} }), {
      headers: { "Cache-Control": "no-store" },
    }),
  );
}
