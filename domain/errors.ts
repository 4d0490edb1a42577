import type { FieldError } from "#core/schema-errors.ts";
import type { CreatedCredential } from "#db/tables/audit.ts";

/** Why a verb failed. A closed set: the edge maps each code to one HTTP status. */
export const DOMAIN_ERROR_CODES = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not-found",
  "conflict",
  "too-many",
] as const;
export type DomainErrorCode = (typeof DOMAIN_ERROR_CODES)[number];

/** Distinguishes errors of the same status for programs: the `code` of problem+json. */
export const PROBLEM_CODES = [
  "LIMIT_REACHED",
  "OVERLAP_RUNNING",
  "VERSION_PLANNED",
  "CHANGE_SCHEDULED",
  "IP_NOT_ALLOWED",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** A rule was violated. Throwing it rolls the transaction back. The message is shown to people. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: DomainErrorCode;
  readonly errors: FieldError[];
  /** With `too-many`: how long to wait. */
  readonly retryAfterMs: number | undefined;
  readonly problem: ProblemCode | undefined;
  /** What an earlier attempt created, if its response can't be shown again. */
  readonly created: CreatedCredential | undefined;
  /** The user must confirm their identity first (`requireRecentConfirmation`). */
  readonly stepUp: boolean;
  /** Whether the actor lacks a permission. Not disclosed: `not-found` looks the same either way. */
  readonly byRights: boolean;

  constructor(
    code: DomainErrorCode,
    message: string,
    more: {
      errors?: FieldError[];
      retryAfterMs?: number;
      problem?: ProblemCode;
      created?: CreatedCredential;
      byRights?: boolean;
      stepUp?: boolean;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.errors = more.errors ?? [];
    this.retryAfterMs = more.retryAfterMs;
    this.byRights = more.byRights ?? code === "forbidden";
    this.problem = more.problem;
    this.stepUp = more.stepUp ?? false;
    this.created = more.created;
  }
}

/** Resources that the actor may not see look as if they didn't exist. `byRights`: it does exist. */
export function notFound(what: string, byRights = false): DomainError {
  return new DomainError("not-found", `There is no such ${what}, or you don't have access to it.`, {
    byRights,
  });
}

/** An error at one field of the input. */
export function invalid(path: string, message: string): DomainError {
  return new DomainError("invalid", message, { errors: [{ path, message }] });
}

/** The value, or null if reading it throws a `DomainError`. Other errors are thrown: they say nothing about the value. */
export async function nullOnDomainError<Value>(value: Promise<Value>): Promise<Value | null> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** Throws `invalid` at `path` if the instant has passed. Null and undefined mean never. */
export function requireFuture(path: string, at: number | null | undefined, nowMs: number): void {
  if (typeof at === "number" && at <= nowMs) throw invalid(path, "Choose a time in the future.");
}

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
  /** The user must confirm their identity and send the same again. */
  stepUp?: true;
  problem?: ProblemCode;
  /** What an earlier attempt created, if its response can't be shown again. */
  created?: CreatedCredential;
}
