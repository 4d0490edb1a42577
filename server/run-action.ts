import type { z } from "zod";
import { type FieldError, schemaErrors, shownName } from "#core/schema-errors.ts";
import { findNul, NUL_MESSAGE } from "#core/text.ts";
import { randomBase62 } from "#core/tokens.ts";
import { requireRecentConfirmation } from "#domain/access/accounts/step-up.ts";
import { recordDenials } from "#domain/access/security/record.ts";
import type { Actor, Ctx, Verb } from "#domain/context.ts";
import { type ActionFailure, type ActionResult, DomainError } from "#domain/errors.ts";

/** What actions depend on; replaced in tests. */
export interface ActionShell {
  actor: () => Promise<Actor>;
  contextFor: (actor: Actor) => Promise<Ctx>;
  /** The action's page, as a pattern. */
  page: () => Promise<string>;
  /** Logs an internal error with the id that the user sees. */
  report: (error: unknown, errorId: string) => void;
}

/**
 * Validates the input, runs the verb, and returns the result as data. Invalid input and violated rules keep their
 * messages; other errors are logged with an id and returned without their text. With `stepUp`, the user must have
 * confirmed their identity within the last 15 minutes.
 */
export async function runAction<Schema extends z.ZodType, Value>(
  shell: ActionShell,
  schema: Schema,
  verb: (call: Verb<z.output<Schema>>) => Promise<Value>,
  input: unknown,
  { stepUp = false }: { stepUp?: boolean } = {},
): Promise<ActionResult<Value>> {
  try {
    const parsed = schema.safeParse(input);
    if (!parsed.success)
      return invalidInput(schemaErrors(parsed.error.issues, "is not a field of this form"));
    // Most schemas remove it. Postgres would reject the others.
    const nul = findNul(parsed.data);
    if (nul !== null) return invalidInput([{ path: nul.map(shownName).join("."), message: NUL_MESSAGE }]);
    const ctx = await shell.contextFor(await shell.actor());
    if (stepUp) requireRecentConfirmation(ctx);
    const value = await recordDenials(ctx, await shell.page(), () => verb({ ctx, input: parsed.data }));
    return { ok: true, value };
  } catch (error) {
    return failureOf(error, shell.report);
  }
}

function invalidInput(errors: FieldError[]): ActionFailure {
  return { ok: false, code: "invalid", message: "Some fields are invalid.", errors };
}

/** Converts an error to data; unexpected ones are logged, and only their id is returned. */
export function failureOf(error: unknown, report: ActionShell["report"]): ActionFailure {
  if (error instanceof DomainError) {
    const { code, message, errors, problem, created, stepUp } = error;
    return {
      ok: false,
      code,
      message,
      errors,
      ...(problem && { problem }),
      ...(created && { created }),
      ...(stepUp && { stepUp }),
    };
  }
  const errorId = `err_${randomBase62(12)}`;
  report(error, errorId);
  return {
    ok: false,
    code: "unexpected",
    message: "Something went wrong. Reload the page to see whether anything was changed.",
    errors: [],
    errorId,
  };
}
