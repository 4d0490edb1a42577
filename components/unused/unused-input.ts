import type { ListUnusedInput } from "#domain/keys/lifecycle/unused/schema.ts";
import { listUnusedSchema } from "#domain/keys/lifecycle/unused/schema.ts";
import { UNUSED_LIST, type UnusedState } from "./unused-state.ts";

/** The filters in a URL; none at all when the list does not accept one of them. */
export function readUnusedState(search: URLSearchParams): UnusedState {
  const state = UNUSED_LIST.read(search);
  return listUnusedSchema.safeParse(state).success ? state : {};
}

/** The same filters as the input of the list. */
export function unusedInputOf(state: UnusedState, cursor: string | undefined): ListUnusedInput {
  return listUnusedSchema.parse({ ...state, cursor });
}
