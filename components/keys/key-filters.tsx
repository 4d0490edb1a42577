"use client";

import { Search, X } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { cx } from "../ui/cx.ts";
import { FilterInput, FilterSelect } from "../ui/filter.tsx";
import { hintsOnly } from "./hint.ts";
import { KEY_LIST, type KeyListState } from "./list-state.ts";
import { STATUS_WORDS } from "./state.ts";

interface KeyFiltersProps {
  state: KeyListState;
  apis: { slug: string; name: string }[];
}

const PAUSE_MS = 180;

/** Search and filters of the list. Everything goes into the URL, so that a link shows what its sender saw. */
export function KeyFilters({ state, apis }: KeyFiltersProps) {
  const router = useRouter();
  const path = usePathname();
  const [loading, start] = useTransition();
  const go = (change: KeyListState) =>
    start(() => router.replace(KEY_LIST.href(path, state, change), { scroll: false }));
  return (
    <search className="flex flex-wrap gap-2" aria-busy={loading}>
      <SearchBox value={state.search ?? ""} loading={loading} onSearch={(search) => go({ search })} />
      <FilterSelect
        aria-label="Environment"
        value={state.environment ?? ""}
        onChange={(event) => go({ environment: event.currentTarget.value })}
        className="max-sm:flex-1 max-sm:basis-2/5"
      >
        <option value="">Live and test</option>
        <option value="live">Live</option>
        <option value="test">Test</option>
      </FilterSelect>
      <FilterSelect
        aria-label="Status"
        value={state.status ?? ""}
        onChange={(event) => go({ status: event.currentTarget.value })}
        className="max-sm:flex-1 max-sm:basis-2/5"
      >
        <option value="">Any status</option>
        {Object.entries(STATUS_WORDS).map(([status, word]) => (
          <option key={status} value={status}>
            {word}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect
        aria-label="Restrictions"
        value={state.restricted ?? ""}
        onChange={(event) => go({ restricted: event.currentTarget.value })}
        className="max-sm:flex-1 max-sm:basis-2/5"
      >
        <option value="">Restricted or not</option>
        <option value="none">Unrestricted</option>
        <option value="no-application">Without address, website or app</option>
        <option value="application">With address, website or app</option>
      </FilterSelect>
      {apis.length > 0 ? (
        <FilterSelect
          aria-label="API"
          value={state.api ?? ""}
          onChange={(event) => go({ api: event.currentTarget.value })}
          className="max-sm:flex-1 max-sm:basis-2/5 sm:max-w-56"
        >
          <option value="">Any API</option>
          {apis.map((api) => (
            <option key={api.slug} value={api.slug}>
              {api.name}
            </option>
          ))}
        </FilterSelect>
      ) : null}
    </search>
  );
}

interface SearchBoxProps {
  value: string;
  loading: boolean;
  onSearch: (search: string) => void;
}

/** Searches once the typing pauses. A pasted secret is cut to its hint before it goes anywhere. */
function SearchBox({ value, loading, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });

  useEffect(() => {
    // Somebody else changed the URL: back, or a link.
    if (value === asked.current) return;
    asked.current = value;
    setTyped(value);
  }, [value]);

  useEffect(() => {
    const wanted = hintsOnly(typed).trim();
    if (wanted === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = wanted;
      search.current(wanted);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <div className="relative min-w-0 flex-1 basis-full sm:max-w-xs sm:basis-64">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted" />
      <FilterInput
        type="search"
        aria-label="Search keys by name, id or hint"
        placeholder="Name, id or hint"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(hintsOnly(event.currentTarget.value))}
        className={cx("px-8 [&::-webkit-search-cancel-button]:hidden", loading && "text-muted")}
      />
      {typed ? (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => setTyped("")}
          className="focus-inset absolute top-1.5 right-1.5 grid size-6 place-content-center rounded text-muted hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      ) : null}
    </div>
  );
}
