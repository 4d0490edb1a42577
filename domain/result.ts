import type { CreatedCredential } from "#db/tables/audit.ts";
import type { DomainErrorCode, FieldError, ProblemCode } from "./errors.ts";

/**
 * The result of an action: a value, or an error as data (Next hides the text of thrown errors). `replayed`: an
 * earlier attempt with the same key had this result, and nothing was done now.
 */
export type ActionResult<Value> = { ok: true; value: Value; replayed?: true } | ActionFailure;

export interface ActionFailure {
  ok: false;
  /** `unexpected`: an internal error; `errorId` finds it in the log. */
  code: DomainErrorCode | "unexpected";
  message: string;
  errors: FieldError[];
  errorId?: string;
  problem?: ProblemCode;
  /** What an earlier attempt created, if its response can't be shown again. */
  created?: CreatedCredential;
}
