import type { FieldError } from "#core/schema-errors.ts";

/** A response, independent of any framework: the verifier and the portal send it unchanged. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const JSON_TYPE = "application/json";
const PROBLEM_TYPE = "application/problem+json";

/** The response with a verdict, or with several. `body` is JSON. */
export function verdictReply(requestId: string, body: string): Reply {
  return {
    status: 200,
    headers: { "Content-Type": JSON_TYPE, "Cache-Control": "no-store", "X-Request-Id": requestId },
    body,
  };
}

const TITLES: Record<number, string> = {
  400: "Invalid request",
  401: "Service token required",
  403: "API not allowed",
  404: "Not found",
  405: "Method not allowed",
  413: "Body too large",
  415: "Unsupported media type",
  422: "Idempotency key reused",
  500: "Internal error",
  503: "Verdict unavailable",
};

/** Any response but a verdict (RFC 9457). `detail` never contains text from the request. */
export function problem(
  status: number,
  requestId: string,
  detail: string,
  more: { title?: string; headers?: Record<string, string>; errors?: FieldError[] } = {},
): Reply {
  const body = {
    type: "about:blank",
    title: more.title ?? TITLES[status],
    status,
    detail,
    requestId,
    ...(more.errors ? { errors: more.errors } : {}),
  };
  return {
    status,
    headers: {
      "Content-Type": PROBLEM_TYPE,
      "Cache-Control": "no-store",
      "X-Request-Id": requestId,
      ...more.headers,
    },
    body: JSON.stringify(body),
  };
}

/** Thrown to end a request with a problem response. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly errors: FieldError[] | undefined;
  readonly title: string | undefined;

  constructor(
    status: number,
    detail: string,
    more: { title?: string; headers?: Record<string, string>; errors?: FieldError[] } = {},
  ) {
    super(detail);
    this.title = more.title;
    this.status = status;
    this.headers = more.headers ?? {};
    this.errors = more.errors;
  }

  toReply(requestId: string): Reply {
    return problem(this.status, requestId, this.message, {
      headers: this.headers,
      ...(this.title && { title: this.title }),
      ...(this.errors && { errors: this.errors }),
    });
  }
}

/** For a request whose body is invalid. */
export function malformed(errors: FieldError[]): HttpProblem {
  return new HttpProblem(400, "The request body is invalid: see `errors`.", { errors });
}
