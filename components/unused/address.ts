import type { ListUnusedInput } from "#domain/keys/lifecycle/unused/schema.ts";
import { listUnusedSchema } from "#domain/keys/lifecycle/unused/schema.ts";

const FIELDS = ["unusedForDays", "used", "environment", "restricted", "projectId", "sort"] as const;
export type UnusedState = Partial<Record<(typeof FIELDS)[number], string>>;

/** The filters of an address, as far as they can be read; one that can't be is left out with all others. */
export function readUnusedState(search: URLSearchParams): UnusedState {
  const state: UnusedState = {};
  for (const field of FIELDS) {
    const value = search.get(field);
    if (value) state[field] = value;
  }
  return listUnusedSchema.safeParse(state).success ? state : {};
}

/** The same as input of the list. */
export function unusedInputOf(state: UnusedState, cursor: string | undefined): ListUnusedInput {
  return listUnusedSchema.parse({ ...state, cursor });
}
