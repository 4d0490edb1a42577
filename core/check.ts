import type { Client } from "./client.ts";

/** A parsed and resolved request to verify a key for an API (contract, section 3). */
export interface CheckRequest {
  requestId: string;
  /** Slug of the API being called. */
  api: string;
  /** The operation being called: sent by the service, or found by method and path; else null. */
  operation: string | null;
  /** Method and path, if the service sent these instead of an operation. */
  call: { method: string; path: string } | null;
  client: Client;
  /** Units to consume from rate limits and quotas; 0 checks without consuming. */
  cost: number;
}
