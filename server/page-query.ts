import "server-only";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import { newId } from "#core/ids.ts";
import { recordDenials } from "#domain/access/security/record.ts";
import { requireAuthenticated, type Verb } from "#domain/context.ts";
import { parseJsonObject, readBody } from "./api/body.ts";
import { contextFor } from "./context.ts";
import { parsePageInput } from "./page-input.ts";
import { HttpError, problemResponse } from "./problem.ts";
import { getRateLimitedActor } from "./rate-limited-actor.ts";
import { pagePattern } from "./trace.ts";

/** Enough for a thousand entries of maximum length. */
const BODY_BYTES = 2_000_000;

/**
 * Handles a POST of one of the portal's pages for the signed-in user: a query with a body, or a request of the
 * "Try it" page. `params` comes from the URL and overrides the body. Denials become problem+json. Other sites may not
 * call it.
 */
export async function handlePageQuery<Schema extends z.ZodType, Value>(
  request: NextRequest,
  params: Record<string, string>,
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
): Promise<Response> {
  try {
    rejectOtherSites(request);
    const ctx = await contextFor(await getRateLimitedActor());
    // Before the body is read: parsing 2 MB costs more than a visitor without a session may cause.
    requireAuthenticated(ctx);
    const body = parseJsonObject(await readBody(request, BODY_BYTES), request.headers);
    const input = parsePageInput(schema, { ...body, ...params });
    const page = pagePattern(request.nextUrl.pathname);
    const answer = await recordDenials(ctx, page, () => verb({ ctx, input }));
    return Response.json(answer, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return problemResponse(error, newId("request"));
  }
}

/** Browsers send Sec-Fetch-Site; clients that don't are not browsers, and don't attach a session unintentionally. */
export function rejectOtherSites(request: NextRequest): void {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin")
    throw new HttpError(403, "Only the portal's own pages may call this.");
}
