import { STATUS_CODES } from "node:http";
import type { FieldError } from "#core/schema-errors.ts";
import { isUnavailable } from "#db/errors.ts";
import { DomainError, type DomainErrorCode, type ProblemCode } from "#domain/errors.ts";
import { errorCode } from "#platform/error-code.ts";
import { log } from "./log.ts";

const STATUS: Record<DomainErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-many": 429,
};

/** An error of a request before any verb runs. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly errors: FieldError[];

  constructor(
    status: number,
    detail: string,
    more: { headers?: Record<string, string>; errors?: FieldError[]; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.status = status;
    this.headers = more.headers ?? {};
    this.errors = more.errors ?? [];
  }
}

/**
 * An error as RFC 9457 problem+json. Unexpected errors are logged with the request id and shown without their text.
 */
export function problemResponse(error: unknown, requestId: string): Response {
  if (error instanceof HttpError) {
    if (error.status >= 500) log.warn({ err: error, requestId }, "a request could not be answered");
    const { status, message, errors, headers } = error;
    return problem({ status, detail: message, requestId, errors, headers });
  }
  if (error instanceof DomainError) {
    const { message, errors, problem: code } = error;
    const status = STATUS[error.code];
    return problem({ status, detail: message, requestId, errors, headers: headersOf(error), code });
  }
  if (isAborted(error))
    return problem({ status: 400, detail: "The request ended before its body did.", requestId });
  if (isUnavailable(error)) {
    log.warn({ err: error, requestId }, "the database is unavailable");
    const detail = "The database is unavailable. Try again in a few seconds.";
    return problem({ status: 503, detail, requestId, headers: { "Retry-After": "5" } });
  }
  log.error({ err: error, requestId }, "a request failed");
  const detail = "Something went wrong. Search the log for the request id.";
  return problem({ status: 500, detail, requestId });
}

function headersOf(error: DomainError): Record<string, string> {
  if (error.code === "unauthenticated") return { "WWW-Authenticate": "Bearer" };
  if (error.retryAfterMs === undefined) return {};
  return { "Retry-After": String(Math.ceil(error.retryAfterMs / 1000)) };
}

interface Problem {
  status: number;
  detail: string;
  requestId: string;
  errors?: FieldError[];
  headers?: Record<string, string>;
  code?: ProblemCode | undefined;
}

function problem({ status, detail, requestId, errors = [], headers = {}, code }: Problem): Response {
  const body = {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail,
    requestId,
    ...(code && { code }),
    ...(errors.length > 0 && { errors }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      "X-Request-Id": requestId,
      ...headers,
    },
  });
}

/** Whether this is Node's error for a client that disconnected while its request was read. */
export function isAborted(error: unknown): boolean {
  return error instanceof Error && error.message === "aborted" && errorCode(error) === "ECONNRESET";
}
