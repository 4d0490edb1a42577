/** The body of a Latchkey answer that is not a verdict (RFC 9457). */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  requestId?: string;
  errors?: { path: string; message: string }[];
}

/** No verifier gave a verdict in time. A caller is to be answered with 503, unless the service decides otherwise. */
export class VerdictUnavailableError extends Error {
  override readonly name = "VerdictUnavailableError";
}

/** With local verification: answers that were given will not be counted, because no verifier accepted them. */
export class UsageLostError extends Error {
  override readonly name = "UsageLostError";
  readonly answers: number;

  constructor(answers: number, options?: ErrorOptions) {
    super(`Answers that will not be counted, because no verifier accepted them: ${answers}.`, options);
    this.answers = answers;
  }
}

/** Latchkey rejected the service's own request: wrong service token, unknown API or malformed check. Not retried. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  /** HTTP status of Latchkey's answer. */
  readonly status: number;
  readonly #problem: Problem;

  /** `origin`: where the request was sent to, for the message. */
  constructor(status: number, problem: Problem, origin?: string) {
    const who = origin === undefined ? "Latchkey" : `Latchkey at ${origin}`;
    const request = problem.requestId ? ` (${problem.requestId})` : "";
    super([`${who} answered ${status}${request}.`, ...reasonsOf(status, problem)].join(" "));
    this.status = status;
    this.#problem = problem;
  }

  /** The body of the answer. Not a field, because consoles would print it after the message, which says the same. */
  get problem(): Problem {
    return this.#problem;
  }
}

function reasonsOf(status: number, { title, detail, errors }: Problem): string[] {
  if (status >= 300 && status < 400) return ["Redirects are not followed: use the URL that it leads to."];
  const reason = detail || title;
  if (!reason) return ["Verifiers don't answer like this: check the URL."];
  const fields = Array.isArray(errors) ? errors : [];
  return [reason, ...fields.map(({ path, message }) => `${path}: ${message}`)];
}
