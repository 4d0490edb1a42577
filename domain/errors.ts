import type { CreatedCredential } from "#db/tables/audit.ts";

/** Why a verb refused. Closed: the edge maps each to one HTTP status and one sentence. */
export type DomainErrorCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "too-many";

/** A refusal that a program can tell apart from others of the same status: `code` of the problem's JSON. */
export const PROBLEM_CODES = ["LIMIT_REACHED", "OVERLAP_RUNNING"] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface FieldError {
  /** Where in the input, as in `restrictions.apis.0.api`; empty for the whole. */
  path: string;
  message: string;
}

/** A rule was broken. Throwing it rolls the transaction back; its message is meant for people. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: DomainErrorCode;
  readonly errors: FieldError[];
  /** With `too-many`: when to try again. */
  readonly retryAfterMs: number | undefined;
  readonly problem: ProblemCode | undefined;
  /** What an earlier attempt created, where its answer can't be shown any more. */
  readonly created: CreatedCredential | undefined;
  /** Whether the asker's rights are what is missing. Not told to them: `not-found` looks the same either way. */
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
    } = {},
  ) {
    super(message);
    this.code = code;
    this.errors = more.errors ?? [];
    this.retryAfterMs = more.retryAfterMs;
    this.byRights = more.byRights ?? code === "forbidden";
    this.problem = more.problem;
    this.created = more.created;
  }
}

/** What the asker may not see does not exist for them: one message for both. `byRights` where it does exist. */
export function notFound(what: string, byRights = false): DomainError {
  return new DomainError("not-found", `There is no such ${what}, or it is not yours to see.`, { byRights });
}

/** A fault at one field of the input. */
export function invalid(path: string, message: string): DomainError {
  return new DomainError("invalid", message, { errors: [{ path, message }] });
}
