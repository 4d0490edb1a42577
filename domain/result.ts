import type { DomainErrorCode, FieldError, ProblemCode } from "./errors.ts";

/** What a form's action answers: data, or a refusal as data (thrown errors lose their text on the way). */
export type ActionResult<Value> = { ok: true; value: Value } | ActionFailure;

export interface ActionFailure {
  ok: false;
  /** `unexpected`: not a rule but a fault of ours; `errorId` finds it in the log. */
  code: DomainErrorCode | "unexpected";
  message: string;
  errors: FieldError[];
  errorId?: string;
  problem?: ProblemCode;
}
