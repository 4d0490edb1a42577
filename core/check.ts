import type { Client } from "./client.ts";

/** One question: may the caller who sent this secret call this API? Already parsed and resolved. */
export interface CheckRequest {
  requestId: string;
  /** Slug of the API being called. */
  api: string;
  /** The operation being called, when the asker named one or it could be found by method and path. */
  operation: string | null;
  /** Method and path, when the asker gave these instead of an operation. */
  call: { method: string; path: string } | null;
  client: Client;
  /** Units that it takes from rates and quotas; 0 asks without taking. */
  cost: number;
}
