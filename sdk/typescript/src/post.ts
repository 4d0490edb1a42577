/** A POST of JSON to a verifier. */
export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Time for the whole answer, ms. */
  timeoutMs: number;
  /** The largest answer that is read. */
  maxBytes: number;
  signal: AbortSignal | undefined;
}

export interface TransportResponse {
  status: number;
  text: string;
}

/**
 * Sends a POST. Follows no redirect. Rejects with `TimedOutError`, `TooLargeError`, or any other error if there is no
 * answer.
 */
export type Transport = (post: Post) => Promise<TransportResponse>;

export class TimedOutError extends Error {
  constructor() {
    super("There was no answer in time.");
  }
}

/** A response has more bytes than may be read. */
export class TooLargeError extends Error {
  constructor() {
    super("The response is too large.");
  }
}
