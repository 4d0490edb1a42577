import type { CheckRequest } from "#core/check.ts";
import type { Tables } from "#db/schema.ts";

export type DenialRow = Tables["denials"]["$inferSelect"];

/** Rebuilds the request behind a stored denial, as far as it is stored, to evaluate it again. */
export function requestOfDenial({ api, operation, observed, client }: DenialRow): CheckRequest {
  // The rollups store known operations only; the denied one may be unknown.
  const called = observed.operation ?? operation;
  return { requestId: "", api, operation: called || null, call: null, cost: 1, client };
}
