"use client";

import { useRouter } from "next/navigation";
import { FilterSelect } from "../ui/filter.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { DENIAL_CODES, type DenialRange, type DenialState } from "./denial-state.ts";
import { denialsText, RANGE_TEXT } from "./text.ts";

interface DenialFiltersProps {
  state: DenialState;
  /** Empty when only one key is shown. */
  keys: { id: string; name: string }[];
  hrefOf: (change: Partial<DenialState>) => string;
}

const RANGES = Object.entries(RANGE_TEXT).map(([value, { label }]) => ({ value, label }));

export function DenialFilters({ state, keys, hrefOf }: DenialFiltersProps) {
  const router = useRouter();
  const apply = (change: Partial<DenialState>) => router.replace(hrefOf(change), { scroll: false });
  const listed = keys.some(({ id }) => id === state.key);
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
        {DENIAL_CODES.map((code) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
      </FilterSelect>
      {keys.length > 0 ? (
        <FilterSelect
          aria-label={denialsText.key}
          value={state.key ?? ""}
          onChange={(event) => apply({ key: event.currentTarget.value || undefined })}
          className="sm:max-w-56"
        >
          <option value="">{denialsText.anyKey}</option>
          {state.key && !listed ? <option value={state.key}>{state.key}</option> : null}
          {keys.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </FilterSelect>
      ) : null}
    </search>
  );
}
