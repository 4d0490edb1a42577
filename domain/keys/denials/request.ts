import type { CheckRequest } from "#core/check.ts";
import type { Tables } from "#db/schema.ts";

export type RefusalRow = Tables["refusals"]["$inferSelect"];

/** The call behind a kept refusal, as far as it is kept, ready to be judged again. */
export function requestOfRefusal({ api, operation, observed, client }: RefusalRow): CheckRequest {
  // The rollups know the catalogue's operations only; what was refused may have been another.
  const called = observed.operation ?? operation;
  return { requestId: "", api, operation: called || null, call: null, cost: 1, client };
}
