/** One question: may the caller who sent this secret call this API? Already parsed and resolved. */
export interface CheckRequest {
  requestId: string;
  /** Slug of the API being called. */
  api: string;
  /** The operation being called, when the asker named one. */
  operation: string | null;
}
