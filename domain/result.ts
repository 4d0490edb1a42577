import type { CreatedCredential } from "#db/tables/audit.ts";
import type { DomainErrorCode, FieldError, ProblemCode } from "./errors.ts";

/**
 * What a form's action answers: data, or a refusal as data (thrown errors lose their text on the way). `replayed`: an
 * earlier attempt with the same key had this result already, and nothing was done now.
 */
export type ActionResult<Value> = { ok: true; value: Value; replayed?: true } | ActionFailure;

export interface ActionFailure {
  ok: false;
  /** `unexpected`: not a rule but a fault of ours; `errorId` finds it in the log. */
  code: DomainErrorCode | "unexpected";
  message: string;
  errors: FieldError[];
  errorId?: string;
  problem?: ProblemCode;
  /** What an earlier attempt created, where its answer can't be shown any more. */
  created?: CreatedCredential;
}
