import type { NextRequest } from "next/server";
import { countUnreadNotifications } from "#domain/notifications/list.ts";
import { handlePageRead } from "#server/page-read.ts";

/** The number of unread notifications, shown on the notifications button. */
export async function GET(request: NextRequest): Promise<Response> {
  return handlePageRead(request, async (ctx) =>
    Response.json(await countUnreadNotifications({ ctx, input: {} }), {
      headers: { "Cache-Control": "no-store" },
    }),
  );
}
