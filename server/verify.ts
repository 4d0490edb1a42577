import "server-only";
import { answer } from "#engine/check/answer.ts";
import { MAX_CHECK_BODY_BYTES } from "#engine/check/check-input.ts";
import { problem, type Reply } from "#engine/check/reply.ts";
import { TracedChecks } from "#engine/check/traced.ts";
import { VerdictUnavailable } from "#engine/check/verdict-unavailable.ts";
import { readBody } from "./api/body.ts";
import { getEngine, portalObserver } from "./engine.ts";
import { HttpError } from "./problem.ts";
import { currentRequest, currentRequestId, setRoute } from "./request-scope.ts";

/** A verification at the portal, with the same response as the stand-alone verifier, byte for byte. */
export async function verify(request: Request, batch: boolean): Promise<Response> {
  return toResponse(await replyTo(request, batch));
}

/** The response to every other method. */
export function postOnly(): Response {
  return toResponse(problem(405, currentRequestId(), "Use POST.", { headers: { Allow: "POST" } }));
}

async function replyTo(request: Request, batch: boolean): Promise<Reply> {
  const maxBytes = batch ? MAX_CHECK_BODY_BYTES.batch : MAX_CHECK_BODY_BYTES.single;
  const requestId = currentRequestId();
  setRoute(`/api/v1/keys/verify${batch ? "/batch" : ""}`);
  // Read here, because the journal answers many requests at once, outside this request's scope.
  const scope = currentRequest();
  const observer = new TracedChecks(portalObserver);
  try {
    const body = Buffer.from(await readBody(request, maxBytes));
    const engine = await getEngine();
    const verifyRequest = {
      batch,
      authorization: request.headers.get("authorization") ?? undefined,
      contentType: request.headers.get("content-type") ?? undefined,
      contentEncoding: request.headers.get("content-encoding") ?? undefined,
      idempotencyKey: request.headers.get("idempotency-key") ?? undefined,
      body,
      requestId,
    };
    const reply = await new Promise<Reply>((respond) => answer(engine, verifyRequest, observer, respond));
    if (scope) scope.checks = observer.checks;
    return reply;
  } catch (error) {
    if (error instanceof HttpError) return problem(error.status, requestId, error.message);
    portalObserver.failed(503, error, requestId);
    const detail = error instanceof VerdictUnavailable ? error.message : "the database is unavailable";
    return problem(503, requestId, `The verdict is unavailable: ${detail}.`, {
      headers: { "Retry-After": "1" },
    });
  }
}

function toResponse({ status, headers, body }: Reply): Response {
  return new Response(body, { status, headers });
}
