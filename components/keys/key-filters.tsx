"use client";

import { clsx } from "clsx";
import { Search, X } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { FilterOptions, FilterSelect, NamedOptions } from "../ui/filter.tsx";
import { replaceSecrets } from "../ui/replace-secrets.ts";
import { SearchInput } from "../ui/search-input.tsx";
import { ENVIRONMENT_TEXT } from "./environment-text.ts";
import { keyFiltersText as text } from "./filters-text.ts";
import { KEY_LIST, type KeyListState } from "./list-state.ts";
import { STATUS_TEXT } from "./status-text.ts";

interface KeyFiltersProps {
  state: KeyListState;
  apis: { slug: string; name: string }[];
}

/** Filters that links of keys set. */
const CHIPS = ["externalId", "tag", "metadata", "imported", "approval"] as const;

/** A filter that can only be removed here. */
function FilterChip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <span className="inline-flex h-9 max-w-full items-center gap-1 rounded border max-sm:h-11 border-border bg-inert-soft pr-1 pl-3 text-sm">
      <span className="truncate">{label}</span>
      <button
        type="button"
        aria-label={text.remove(label)}
        onClick={onRemove}
        className="focus-inset grid size-6 shrink-0 place-content-center rounded text-muted hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </button>
    </span>
  );
}

const DEBOUNCE_MS = 180;

/** Search and filters of the list. The URL holds them, so that a link shows what its sender saw. */
export function KeyFilters({ state, apis }: KeyFiltersProps) {
  const router = useRouter();
  const path = usePathname();
  const [loading, start] = useTransition();
  const apply = (change: KeyListState) =>
    start(() => router.replace(KEY_LIST.href(path, state, change), { scroll: false }));
  return (
    <search className="flex flex-wrap gap-2" aria-busy={loading}>
      <SearchBox value={state.q ?? ""} loading={loading} onSearch={(q) => apply({ q })} />
      <FilterSelect
        aria-label={text.environment}
        value={state.environment ?? ""}
        onChange={(event) => apply({ environment: event.currentTarget.value })}
      >
        <option value="">{text.anyEnvironment}</option>
        <FilterOptions options={Object.entries(ENVIRONMENT_TEXT)} />
      </FilterSelect>
      <FilterSelect
        aria-label={text.status}
        value={state.status ?? ""}
        onChange={(event) => apply({ status: event.currentTarget.value })}
      >
        <option value="">{text.anyStatus}</option>
        <FilterOptions options={Object.entries(STATUS_TEXT)} />
      </FilterSelect>
      <FilterSelect
        aria-label={text.restrictions}
        value={state.restricted ?? ""}
        onChange={(event) => apply({ restricted: event.currentTarget.value })}
      >
        <option value="">{text.anyRestrictions}</option>
        <option value="none">{text.unrestricted}</option>
        <option value="no-application">{text.noApplication}</option>
        <option value="application">{text.application}</option>
      </FilterSelect>
      {apis.length > 0 ? (
        <FilterSelect
          aria-label={text.api}
          value={state.api ?? ""}
          onChange={(event) => apply({ api: event.currentTarget.value })}
          className="sm:max-w-56"
        >
          <NamedOptions
            any={text.anyApi}
            items={apis.map(({ slug, name }) => ({ id: slug, name }))}
            value={state.api}
          />
        </FilterSelect>
      ) : null}
      {CHIPS.map((name) =>
        state[name] === undefined ? null : (
          <FilterChip
            key={name}
            label={text[name](state[name])}
            onRemove={() => apply({ [name]: undefined })}
          />
        ),
      )}
    </search>
  );
}

interface SearchBoxProps {
  value: string;
  loading: boolean;
  onSearch: (search: string) => void;
}

/** Searches when typing pauses. A pasted secret is replaced by its hint before it is sent. */
function SearchBox({ value, loading, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });

  useEffect(() => {
    // The URL was changed by something else: the back button or a link.
    if (value === sent.current) return;
    sent.current = value;
    setTyped(value);
  }, [value]);

  useEffect(() => {
    const next = replaceSecrets(typed).trim();
    if (next === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = next;
      search.current(next);
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <div className="relative min-w-0 flex-1 basis-full sm:max-w-xs sm:basis-64">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
      />
      <SearchInput
        aria-label={text.search}
        placeholder={text.searchPlaceholder}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        className={clsx("px-8 [&::-webkit-search-cancel-button]:hidden", loading && "text-muted")}
      />
      {typed ? (
        <button
          type="button"
          aria-label={text.clearSearch}
          onClick={() => setTyped("")}
          className="focus-inset absolute top-1/2 right-1.5 grid size-6 -translate-y-1/2 place-content-center rounded text-muted hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      ) : null}
    </div>
  );
}
