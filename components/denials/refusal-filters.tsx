"use client";

import { useRouter } from "next/navigation";
import { FilterSelect } from "../ui/filter.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { REFUSAL_CODES, type RefusalView, SPANS } from "./address.ts";

interface RefusalFiltersProps {
  view: RefusalView;
  /** None where only one key is looked at. */
  keys: { id: string; name: string }[];
  hrefOf: (change: Partial<RefusalView>) => string;
}

export function RefusalFilters({ view, keys, hrefOf }: RefusalFiltersProps) {
  const router = useRouter();
  const go = (change: Partial<RefusalView>) => router.replace(hrefOf(change), { scroll: false });
  const known = keys.some(({ id }) => id === view.keyId);
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SegmentedControl
        label="Time"
        options={[...SPANS]}
        value={view.span}
        onChange={(span) => go({ span: span as RefusalView["span"] })}
      />
      <FilterSelect
        aria-label="Code"
        value={view.code ?? ""}
        onChange={(event) => go({ code: REFUSAL_CODES.find((code) => code === event.currentTarget.value) })}
      >
        <option value="">Any code</option>
        {REFUSAL_CODES.map((code) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
      </FilterSelect>
      {keys.length > 0 ? (
        <FilterSelect
          aria-label="Key"
          value={view.keyId ?? ""}
          onChange={(event) => go({ keyId: event.currentTarget.value || undefined })}
          className="sm:max-w-56"
        >
          <option value="">Any key</option>
          {view.keyId && !known ? <option value={view.keyId}>{view.keyId}</option> : null}
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
