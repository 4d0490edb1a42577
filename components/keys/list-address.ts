import type { KeySort } from "#domain/keys/schemas.ts";

/** What the list of keys shows, all of it in the URL. */
export interface KeyListState {
  search?: string | undefined;
  status?: string | undefined;
  environment?: string | undefined;
  api?: string | undefined;
  restricted?: string | undefined;
  sort?: string | undefined;
  cursor?: string | undefined;
  /** Which page this is, counted from 1: only for the words at its foot. */
  page?: string | undefined;
}

const NAMES = ["search", "status", "environment", "api", "restricted", "sort", "cursor", "page"] as const;
const FILTERS = ["search", "status", "environment", "api", "restricted"] as const;

/** Reads the state from a URL's parameters; one that is repeated counts once, an empty one not at all. */
export function readListState(params: Record<string, string | string[] | undefined>): KeyListState {
  const state: KeyListState = {};
  for (const name of NAMES) {
    const value = params[name];
    const one = Array.isArray(value) ? value[0] : value;
    if (one) state[name] = one;
  }
  return state;
}

/** The address of the list with `change` made. Another filter or order starts at the first page again. */
export function listHref(base: string, state: KeyListState, change: KeyListState): string {
  const turned = "cursor" in change;
  const next: KeyListState = {
    ...state,
    ...(turned ? {} : { cursor: undefined, page: undefined }),
    ...change,
  };
  const params = new URLSearchParams();
  for (const name of NAMES) {
    const value = next[name];
    if (value) params.set(name, value);
  }
  return params.size > 0 ? `${base}?${params}` : base;
}

/** Is anything left out of the list? */
export function isFiltered(state: KeyListState): boolean {
  return FILTERS.some((name) => state[name]);
}

/** The order after a press on a column: names rise first, instants fall first, a second press turns it round. */
export function nextSort(current: string, column: KeySort): string {
  const first = column === "name" || column === "status" ? column : `-${column}`;
  if (current !== first) return first;
  return first.startsWith("-") ? column : `-${column}`;
}
