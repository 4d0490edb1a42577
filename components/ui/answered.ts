import type { ActionResult } from "#domain/result.ts";

const UNANSWERED =
  "The portal could not be reached, or its answer got lost. What you typed is still here: try again.";

/** Calls a server action. An answer that does not arrive is a failure like any other, said in `message`. */
export async function answered<Value>(
  send: () => Promise<ActionResult<Value>>,
  message = UNANSWERED,
): Promise<ActionResult<Value>> {
  try {
    return await send();
  } catch (error) {
    // Next's own signals (a redirect) travel as errors, and are not ours to swallow.
    if (typeof error === "object" && error !== null && "digest" in error) throw error;
    return { ok: false, code: "unexpected", message, errors: [] };
  }
}
