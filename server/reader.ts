import "server-only";
import type { NextRequest } from "next/server";
import { newId } from "#core/ids.ts";
import type { Ctx } from "#domain/context.ts";
import { ctxFor } from "./context.ts";
import { problemResponse } from "./problem.ts";
import { getActor } from "./session.ts";

/** Answers a page's own reading for whoever is signed in; what a verb refuses becomes a problem+json. */
export async function answerReader(
  request: NextRequest,
  answer: (ctx: Ctx, search: URLSearchParams) => Promise<Response>,
): Promise<Response> {
  try {
    return await answer(await ctxFor(await getActor()), request.nextUrl.searchParams);
  } catch (error) {
    return problemResponse(error, newId("request"));
  }
}
