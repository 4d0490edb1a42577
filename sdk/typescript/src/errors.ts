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

/** Latchkey rejected the service's own request: wrong service token, unknown API or malformed check. Not retried. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  /** HTTP status of Latchkey's answer. */
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    const fields = problem.errors?.map(({ path, message }) => `${path}: ${message}`).join(" ");
    const request = problem.requestId ? ` (${problem.requestId})` : "";
    super([`Latchkey answered ${status}${request}.`, problem.detail, fields].filter(Boolean).join(" "));
    this.status = status;
    this.problem = problem;
  }
}
