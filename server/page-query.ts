import "server-only";
import type { NextRequest } from "next/server";
import type { z } from "zod";
import { newId } from "#core/ids.ts";
import { MAX_LISTED_ERRORS, schemaErrors, shownName } from "#core/schema-errors.ts";
import { findNul, NUL_MESSAGE } from "#core/text.ts";
import { recordDenials } from "#domain/access/security/record.ts";
import { requireAuthenticated, type Verb } from "#domain/context.ts";
import type { FieldError } from "#domain/errors.ts";
import { parseJsonObject, readBody } from "./api/body.ts";
import { contextFor } from "./context.ts";
import { HttpError, problemResponse } from "./problem.ts";
import { getRateLimitedActor } from "./rate-limited-actor.ts";
import { pageOf } from "./trace.ts";

/** Enough for a thousand entries of maximum length. */
const BODY_BYTES = 2_000_000;

/**
 * Handles a read-only POST of one of the portal's pages for the signed-in user. `params` comes from the URL and
 * overrides the body. Denials become problem+json. Nothing is changed; other sites may not call it anyway.
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
    // Before the body is read: parsing 2 MB costs more than a stranger may ask for.
    requireAuthenticated(ctx);
    const body = parseJsonObject(await readBody(request, BODY_BYTES), request.headers);
    const input = schema.safeParse({ ...body, ...params });
    if (!input.success) throw unreadable(schemaErrors(input.error.issues, "is not a field of this request"));
    const nul = findNul(input.data);
    if (nul !== null) throw unreadable([{ path: nul.map(shownName).join("."), message: NUL_MESSAGE }]);
    const page = pageOf(request.nextUrl.pathname);
    const answer = await recordDenials(ctx, page, () => verb({ ctx, input: input.data }));
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

function unreadable(errors: FieldError[]): HttpError {
  const detail = errors[0]?.message ?? "The request is malformed.";
  return new HttpError(400, detail, { errors: errors.slice(0, MAX_LISTED_ERRORS) });
}
