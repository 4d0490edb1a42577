import "server-only";
import { refresh } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { Verb } from "#domain/context.ts";
import type { ActionResult } from "#domain/result.ts";
import { ctxFor } from "./context.ts";
import { log } from "./log.ts";
import { noteRoute } from "./request-scope.ts";
import { runAction } from "./run-action.ts";
import { getActor } from "./session.ts";

const shell = {
  actor: getActor,
  ctxFor,
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

async function run<Schema extends z.ZodType, Value>(
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
  input: unknown,
): Promise<ActionResult<Value>> {
  const result = await runAction(shell, schema, verb, input);
  noteRoute("action", { "latchkey.result": result.ok ? "ok" : result.code });
  return result;
}
