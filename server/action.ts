import "server-only";
import { refresh } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import type { Verb } from "#domain/context.ts";
import type { ActionResult } from "#domain/errors.ts";
import { contextFor } from "./context.ts";
import { attemptOnce, findAttemptResult } from "./form-attempts.ts";
import { log } from "./log.ts";
import { getRateLimitedActor } from "./rate-limited-actor.ts";
import { setRoute } from "./request-scope.ts";
import { runAction } from "./run-action.ts";
import { currentPage } from "./session.ts";

const shell = {
  actor: getRateLimitedActor,
  contextFor,
  page: currentPage,
  report(error: unknown, errorId: string) {
    // Next signals a redirect by throwing.
    unstable_rethrow(error);
    log.error({ err: error, errorId }, "an action failed");
  },
};

/** A server action as pages call it. It returns denials and errors as data, because Next hides the text of thrown ones. */
export type Action<Input, Value> = (input: Input) => Promise<ActionResult<Value>>;

interface ActionOptions {
  /** Whether the page is rendered again after success. Default: true. */
  revalidate?: boolean;
  /**
   * Whether the user must have signed in or confirmed their identity within the last 15 minutes: for credentials,
   * roles, bulk revocation and policies (docs/operate/accounts.md). Default: false.
   */
  stepUp?: boolean;
}

/**
 * A server action of one verb. If it succeeds, the page it was called from is rendered again, unless `revalidate` is
 * false: for verbs that only read, and for those that delete what the page shows.
 */
export function action<Schema extends z.ZodType, Value>(
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
  { revalidate = true, stepUp = false }: ActionOptions = {},
): Action<z.input<Schema>, Value> {
  return async (input) => {
    const result = await run(schema, verb, input, stepUp);
    if (result.ok && revalidate) refresh();
    return result;
  };
}

/** The action of a form that creates something. `key` is the idempotency key that the form generated for this attempt. */
export type CreateAction<Input, Value> = (input: Input, key: string) => Promise<ActionResult<Value>>;

/**
 * A server action of one verb that creates or replaces a credential. Submitting the form twice returns the first
 * result. The page is not rendered again: an error while rendering would lose the secret along with the page. The user
 * must have confirmed their identity recently, unless `stepUp` is false: for what is no credential.
 */
export function createAction<Schema extends z.ZodType, Value>(
  form: string,
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
  { stepUp = true }: Pick<ActionOptions, "stepUp"> = {},
): CreateAction<z.input<Schema>, Value> {
  return async (input, key) => {
    const result = await run(schema, (call) => attemptOnce(call, { form, key }, verb), input, stepUp);
    if (!result.ok) return result;
    const { value, replayed } = result.value;
    return { ok: true, value, ...(replayed && { replayed }) };
  };
}

const attemptSchema = z.strictObject({ form: z.string().max(64), key: z.string().max(64) });

/** Returns the result of the user's own attempt whose response was lost; null if nothing was done. */
export const findAttemptResultAction = action(
  attemptSchema,
  ({ ctx, input }) => findAttemptResult(ctx, input),
  {
    revalidate: false,
  },
);

async function run<Schema extends z.ZodType, Value>(
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
  input: unknown,
  stepUp: boolean,
): Promise<ActionResult<Value>> {
  const result = await runAction(shell, schema, verb, input, { stepUp });
  setRoute("action", { "latchkey.result": result.ok ? "ok" : result.code });
  return result;
}

/** The trimmed text of a form field; undefined if empty or missing. */
export function formText(data: FormData, name: string): string | undefined {
  const value = data.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
