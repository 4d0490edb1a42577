import type { CheckRequest } from "#core/check.ts";
import type { Tables } from "#db/schema.ts";

export type RefusalRow = Tables["refusals"]["$inferSelect"];

/** Rebuilds the request behind a stored denial, as far as it is stored, to evaluate it again. */
export function requestOfRefusal({ api, operation, observed, client }: RefusalRow): CheckRequest {
  // The rollups store known operations only; the denied one may be unknown.
  const called = observed.operation ?? operation;
  return { requestId: "", api, operation: called || null, call: null, cost: 1, client };
}
