"use client";

import { useRouter } from "next/navigation";
import { FilterOptions, FilterSelect, NamedOptions } from "../ui/filter.tsx";
import { RANGE_TEXT } from "../ui/range-text.ts";
import { SegmentedControl } from "../ui/segmented.tsx";
import { DENIAL_CODES, type DenialRange, type DenialState, RANGE_MS } from "./denial-state.ts";
import { denialsText } from "./text.ts";

interface DenialFiltersProps {
  state: DenialState;
  /** Empty when only one key is shown. */
  keys: { id: string; name: string }[];
  hrefOf: (change: Partial<DenialState>) => string;
}

const RANGES = (Object.keys(RANGE_MS) as DenialRange[]).map((value) => ({
  value,
  label: RANGE_TEXT[value].label,
}));

export function DenialFilters({ state, keys, hrefOf }: DenialFiltersProps) {
  const router = useRouter();
  const apply = (change: Partial<DenialState>) => router.replace(hrefOf(change), { scroll: false });
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SegmentedControl
        label={denialsText.range}
        options={RANGES}
        value={state.range}
        onChange={(range) => apply({ range: range as DenialRange })}
      />
      <FilterSelect
        aria-label={denialsText.code}
        value={state.code ?? ""}
        onChange={(event) => apply({ code: DENIAL_CODES.find((code) => code === event.currentTarget.value) })}
      >
        <option value="">{denialsText.anyCode}</option>
        <FilterOptions options={DENIAL_CODES.map((code) => [code, code] as const)} />
      </FilterSelect>
      {keys.length > 0 ? (
        <FilterSelect
          aria-label={denialsText.key}
          value={state.key ?? ""}
          onChange={(event) => apply({ key: event.currentTarget.value || undefined })}
          className="sm:max-w-56"
        >
          <NamedOptions any={denialsText.anyKey} items={keys} value={state.key} />
        </FilterSelect>
      ) : null}
    </search>
  );
}
