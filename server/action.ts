import "server-only";
import { refresh } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import type { Verb } from "#domain/context.ts";
import type { ActionResult } from "#domain/result.ts";
import { attemptOnce, recallAttempt } from "./attempts.ts";
import { ctxFor } from "./context.ts";
import { countedActor } from "./counted-actor.ts";
import { log } from "./log.ts";
import { noteRoute } from "./request-scope.ts";
import { runAction } from "./run-action.ts";
import { currentPage } from "./session.ts";

const shell = {
  actor: countedActor,
  ctxFor,
  page: currentPage,
  report(error: unknown, errorId: string) {
    // A redirect is one of Next's signals, not a fault.
    unstable_rethrow(error);
    log.error({ err: error, errorId }, "an action failed");
  },
};

/** What an action does for a page: the answer, as data. It never throws what a person should read. */
export type Action<Input, Value> = (input: Input) => Promise<ActionResult<Value>>;

/** A server action of one verb that changes something; the page it came from is read anew. */
export function action<Schema extends z.ZodType, Value>(
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
): Action<z.input<Schema>, Value> {
  return async (input) => {
    const result = await run(schema, verb, input);
    if (result.ok) refresh();
    return result;
  };
}

/** A server action of one verb that only reads, for what is asked while a page stands. */
export function readAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
): Action<z.input<Schema>, Value> {
  return (input) => run(schema, verb, input);
}

/** An action of a form that creates: its second argument is the key that the form made for this attempt. */
export type CreateAction<Input, Value> = (input: Input, key: string) => Promise<ActionResult<Value>>;

/**
 * A server action of one verb that creates or replaces a credential. A repeated press gets the first result. The page
 * is not read anew: a fault while it is would take the secret away with the page.
 */
export function createAction<Schema extends z.ZodType, Value>(
  form: string,
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
): CreateAction<z.input<Schema>, Value> {
  return async (input, key) => {
    const result = await run(schema, (call) => attemptOnce(call, { form, key }, verb), input);
    if (!result.ok) return result;
    const { value, replayed } = result.value;
    return { ok: true, value, ...(replayed && { replayed }) };
  };
}

const attemptSchema = z.strictObject({ form: z.string().max(64), key: z.string().max(64) });

/** What became of an attempt of one's own whose answer did not arrive; null where nothing was done. */
export const recallAction = readAction(attemptSchema, ({ ctx, input }) => recallAttempt(ctx, input));

async function run<Schema extends z.ZodType, Value>(
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
  input: unknown,
): Promise<ActionResult<Value>> {
  const result = await runAction(shell, schema, verb, input);
  noteRoute("action", { "latchkey.result": result.ok ? "ok" : result.code });
  return result;
}
