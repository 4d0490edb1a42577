import "server-only";
import type { NextRequest } from "next/server";
import { newId } from "#core/ids.ts";
import { recordDenials } from "#domain/access/security/record.ts";
import type { Ctx } from "#domain/context.ts";
import { contextFor } from "./context.ts";
import { problemResponse } from "./problem.ts";
import { getRateLimitedActor } from "./rate-limited-actor.ts";
import { pagePattern } from "./trace.ts";

/** Handles a page's data request for the signed-in user; denials become problem+json. */
export async function handlePageRead(
  request: NextRequest,
  answer: (ctx: Ctx, search: URLSearchParams) => Promise<Response>,
): Promise<Response> {
  try {
    const ctx = await contextFor(await getRateLimitedActor());
    const { pathname, searchParams } = request.nextUrl;
    return await recordDenials(ctx, pagePattern(pathname), () => answer(ctx, searchParams));
  } catch (error) {
    return problemResponse(error, newId("request"));
  }
}
