"use client";

import { useState } from "react";
import { formatNumber } from "#core/format.ts";
import type { UnusedPage } from "#domain/keys/lifecycle/unused/schema.ts";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import type { SweepFilter, UnusedActions } from "./actions.ts";
import { chosenCount, NOTHING, type Selection } from "./selection.ts";
import { unusedText } from "./text.ts";
import type { UnusedState } from "./unused-state.ts";
import { UnusedTable } from "./unused-table.tsx";

const SweepForm = lazyInBrowser(() => import("./sweep-form.tsx").then((module) => module.SweepForm));
const ExemptForm = lazyInBrowser(() => import("./exempt-form.tsx").then((module) => module.ExemptForm));

const text = unusedText.selection;

/** The server counts no further. */
const MAX_COUNTED = 100_000;

interface UnusedKeyListProps {
  page: UnusedPage;
  /** The filters in the URL. */
  state: UnusedState;
  filter: SweepFilter;
  nowMs: number;
  actions: UnusedActions;
}

/** Unused keys that can be selected across pages, and the actions for the selection. */
export function UnusedKeyList({ page, state, filter, nowMs, actions }: UnusedKeyListProps) {
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [sweeping, setSweeping] = useState(false);
  const [exempting, setExempting] = useState<{ id: string; name: string } | null>(null);
  const { items, total } = page;
  const count = chosenCount(selection, total);
  const all = total >= MAX_COUNTED ? text.orMore(total) : formatNumber(total);
  return (
    <div className="grid gap-3">
      <div
        role="status"
        className="sticky top-0 z-[5] flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded border border-border bg-raised px-4 py-2 max-lg:top-14"
      >
        <p>
          {count === 0 ? (
            <span className="text-muted">{text.none(all, total)}</span>
          ) : (
            <span className="font-medium">{selection.all ? text.all(all) : text.some(count)}</span>
          )}
        </p>
        <div className="flex flex-wrap gap-2">
          {!selection.all && total > items.length ? (
            <Button size="sm" onClick={() => setSelection({ all: true })}>
              {text.selectAll(all)}
            </Button>
          ) : null}
          {count > 0 ? (
            <Button size="sm" variant="ghost" onClick={() => setSelection(NOTHING)}>
              {text.clear}
            </Button>
          ) : null}
          <Button size="sm" variant="danger" disabled={count === 0} onClick={() => setSweeping(true)}>
            {text.revoke}
          </Button>
        </div>
      </div>
      <UnusedTable
        keys={items}
        state={state}
        nowMs={nowMs}
        selection={selection}
        onSelect={setSelection}
        onExempt={setExempting}
        endExemption={actions.endExemption}
      />
      {sweeping ? (
        <SweepForm
          count={selection.all ? null : count}
          preview={(reason) =>
            actions.previewSweep({
              filter,
              reason,
              ...(selection.all ? {} : { keyIds: [...selection.ids] }),
            })
          }
          onClose={() => setSweeping(false)}
        />
      ) : null}
      {exempting ? (
        <ExemptForm subject={exempting} exempt={actions.exemptKey} onClose={() => setExempting(null)} />
      ) : null}
    </div>
  );
}
