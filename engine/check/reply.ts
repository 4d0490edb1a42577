import type { Fault } from "./question.ts";

/** An answer, before any framework: both the verifier and the portal's route send it as it is. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const JSON_TYPE = "application/json";
const PROBLEM_TYPE = "application/problem+json";

export function verdictReply(requestId: string, body: string): Reply {
  return {
    status: 200,
    headers: { "Content-Type": JSON_TYPE, "Cache-Control": "no-store", "X-Request-Id": requestId },
    body,
  };
}

const TITLES: Record<number, string> = {
  400: "The request can't be read",
  401: "A service token is needed",
  403: "Not about this API",
  404: "Not found",
  405: "Method not allowed",
  413: "Too large",
  415: "Not JSON",
  422: "Used with another request",
  500: "Something broke",
  503: "No verdict can be given now",
};

/** What is not a verdict, as RFC 9457 has it. `detail` is ours: never a text that came with the request. */
export function problem(
  status: number,
  requestId: string,
  detail: string,
  more: { title?: string; headers?: Record<string, string>; errors?: Fault[] } = {},
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

/** A refusal to answer, thrown on the way to one. */
export class HttpProblem extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly errors: Fault[] | undefined;
  readonly title: string | undefined;

  constructor(
    status: number,
    detail: string,
    more: { title?: string; headers?: Record<string, string>; errors?: Fault[] } = {},
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

export function malformed(errors: Fault[]): HttpProblem {
  return new HttpProblem(400, "The request is not as the contract has it.", { errors });
}
