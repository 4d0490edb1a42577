/** Reads the value of one parameter; undefined for a value that the page cannot use. */
type ParseParam<Value extends string = string> = (value: string) => Value | undefined;

/** Any text, or only text that matches `pattern`. */
export function text(pattern?: RegExp): ParseParam {
  return (value) => (pattern === undefined || pattern.test(value) ? value : undefined);
}

/** One of a fixed set of values. */
export function oneOf<const Value extends string>(values: readonly Value[]): ParseParam<Value> {
  return (value) => values.find((each) => each === value);
}

/** A day such as "2026-11-23". */
export function day(): ParseParam {
  return (value) =>
    /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

type Params = Record<string, ParseParam>;
type Values<Of extends Params> = { [Name in keyof Of]?: ReturnType<Of[Name]> };

/** What a page shows, as far as its URL says: filters, order, range, tab and position in a list. */
export type UrlStateOf<State extends UrlState<Params>> = ReturnType<State["read"]>;

/** The position in a list; `page` is only shown, `cursor` is what the list is read by. */
const POSITION = ["cursor", "page"];
const NOT_FILTERS = new Set(["sort", ...POSITION]);

interface UrlState<Of extends Params> {
  /** Unusable, empty and unknown parameters are left out. */
  read(search: { get(name: string): string | null }): Values<Of>;
  /**
   * The address of `base` with `state` after `change`, parameters in the order of their definition. `base` may
   * have a query. A change that does not name the cursor goes back to the first page of a list.
   */
  href(base: string, state: Values<Of>, change?: Values<Of>): string;
  /** Whether anything is filtered out of the list; order and position do not count. */
  isFiltered(state: Values<Of>): boolean;
}

/** Defines the parameters of a page, so that its links and filters agree on their names and values. */
export function defineUrlState<Of extends Params>(params: Of): UrlState<Of> {
  const names: (keyof Of & string)[] = Object.keys(params);
  return {
    read(search) {
      const state: Record<string, string> = {};
      for (const name of names) {
        const value = params[name]?.(search.get(name)?.trim() ?? "");
        if (value) state[name] = value;
      }
      return state as Values<Of>;
    },
    href(base, state, change) {
      const next: Partial<Record<string, string>> = { ...state };
      if (change && !("cursor" in change)) for (const name of POSITION) delete next[name];
      Object.assign(next, change);
      return withParams(
        base,
        names.map((name) => [name, next[name]]),
      );
    },
    isFiltered: (state) => names.some((name) => !NOT_FILTERS.has(name) && state[name] !== undefined),
  };
}

/** The address of a list's next page; null at its end. `base` may have a query. */
export function nextPageHref(base: string, cursor: string | null): string | null {
  return cursor === null ? null : withParams(base, [["cursor", cursor]]);
}

/** `base` with the parameters that have a value. `base` may have a query. */
export function withParams(
  base: string,
  params: Iterable<[name: string, value: string | undefined]>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of params) if (value) search.set(name, value);
  if (search.size === 0) return base;
  return `${base}${base.includes("?") ? "&" : "?"}${search}`;
}

const MAX_SEARCH_CHARACTERS = 200;

/** A list that is only searched. */
export const SEARCHED_LIST = defineUrlState({
  search: (value) => value.slice(0, MAX_SEARCH_CHARACTERS),
  cursor: text(),
});
