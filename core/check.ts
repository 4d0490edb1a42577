import type { RequiredScopes } from "./api-scopes/required.ts";
import type { Client } from "./client.ts";

/** A parsed and resolved request to verify a key for an API (docs/integrate/verify-keys.md). */
export interface CheckRequest {
  requestId: string;
  /** Slug of the API being called. */
  api: string;
  /** The operation being called: sent by the service, or found by method and path; else null. */
  operation: string | null;
  /** Method and path, if the service sent these instead of an operation. */
  call: { method: string; path: string } | null;
  /** The scopes that the call needs: by its operation, and as the service asked. Null if it needs none. */
  requiredScopes: RequiredScopes | null;
  /** Names of the scopes that the API declares: a key that is not limited to some has all of them. */
  apiScopes: readonly string[];
  client: Client;
  /** Units to consume from rate limits and quotas; 0 checks without consuming. */
  cost: number;
}

/** Of a call that needs no scope, of an API without scopes. */
export const NO_SCOPES: Readonly<Pick<CheckRequest, "requiredScopes" | "apiScopes">> = {
  requiredScopes: null,
  apiScopes: [],
};
