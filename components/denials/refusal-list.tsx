"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { formatNumber } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { LiveMark } from "../usage/live-mark.tsx";
import { type RefusalView, refusalQuery, refusalViewOf, spanOf } from "./address.ts";
import { RefusalFilters } from "./refusal-filters.tsx";
import { RefusalTable } from "./refusal-table.tsx";
import type { RefusalPanelProps } from "./types.ts";
import { useHeld } from "./use-held.ts";
import { REFRESH_MS, useRefusals } from "./use-refusals.ts";

/** Who was refused and why, with the way to put it right. */
export function RefusalList({ projectId, keyId, keys, mayChange, initial }: RefusalPanelProps) {
  const search = useSearchParams();
  const view: RefusalView = { ...refusalViewOf(search), ...(keyId && { keyId }) };
  const { data, isError, isPlaceholderData } = useRefusals({ projectId, view, initial });
  const [open, setOpen] = useState<string | null>(null);
  const latest = data ?? initial.page;
  const { shown, waiting, showLatest } = useHeld(latest, open !== null, refusalQuery(view));
  const hrefOf = (change: Partial<RefusalView>) => {
    const params = new URLSearchParams(refusalQuery({ ...view, cursor: undefined, ...change }));
    const tab = search.get("tab");
    if (tab) params.set("tab", tab);
    return `?${params}`;
  };
  return (
    <div className="grid gap-4">
      <RefusalFilters view={view} keys={keyId ? [] : keys} hrefOf={hrefOf} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p>
          <FormattedNumber value={latest.total} unit="refusal" className="font-semibold" /> in{" "}
          {spanOf(view.span).words}.{" "}
          <span className="text-sm text-muted">
            The newest {formatNumber(1_000)} of the project and up to 100 of each key are kept, for 30 days;
            the count is of all.
          </span>
        </p>
        {view.cursor ? null : <LiveMark failing={isError} refreshMs={REFRESH_MS} />}
      </div>
      {waiting > 0 ? (
        <button
          type="button"
          onClick={() => {
            setOpen(null);
            showLatest();
          }}
          className="rounded border border-border bg-raised px-3 py-1.5 text-sm font-medium text-accent hover:bg-hover"
        >
          Show {waiting} new
        </button>
      ) : null}
      <Card flush className={isPlaceholderData ? "opacity-60 transition-opacity" : undefined}>
        {shown.items.length > 0 ? (
          <RefusalTable
            items={shown.items}
            projectId={projectId}
            withKeys={keyId === undefined}
            mayChange={mayChange}
            open={open}
            onOpen={setOpen}
          />
        ) : (
          <NoRefusals
            filtered={view.code !== undefined || (keyId === undefined && view.keyId !== undefined)}
            total={latest.total}
          />
        )}
      </Card>
      <Pagination
        noun="refusals"
        shown={null}
        firstHref={view.cursor ? hrefOf({}) : null}
        nextHref={shown.nextCursor ? hrefOf({ cursor: shown.nextCursor }) : null}
      />
    </div>
  );
}

function NoRefusals({ filtered, total }: { filtered: boolean; total: number }) {
  if (total > 0) {
    return (
      <EmptyState title="None of these is kept any more">
        They were counted, and newer refusals took their place in the list.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={filtered ? "No refusal matches" : "Nothing was refused"}>
      {filtered
        ? "Look at a longer time, or at every code and key."
        : "When a call is refused, it is listed here within seconds: when, why, what was seen, and how to let it through."}
    </EmptyState>
  );
}
