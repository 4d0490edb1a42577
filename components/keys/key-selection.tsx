"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import type { SelectableKey, SelectionActions } from "./actions.ts";
import { selectionText as text } from "./selection-text.ts";

const load = () => import("./selection-bar.tsx");
const SelectionBar = lazyInBrowser(() => load().then((module) => module.SelectionBar));

interface SelectionState {
  selected: ReadonlySet<string>;
  select: (ids: readonly string[], on: boolean) => void;
}

const SelectionContext = createContext<SelectionState>({ selected: new Set(), select: () => {} });

interface KeySelectionProps {
  projectId: string;
  /** The keys of the page that can be selected. */
  keys: SelectableKey[];
  actions: SelectionActions;
  /** The table with the checkboxes. */
  children: ReactNode;
}

/** Holds which keys of the page are selected, and shows what can be done with them. */
export function KeySelection({ projectId, keys, actions, children }: KeySelectionProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // Keys that left the page, or can't be changed anymore, are not selected.
  const shown = keys.filter(({ id }) => chosen.has(id));
  const select = (ids: readonly string[], on: boolean) => {
    const next = new Set(shown.map(({ id }) => id));
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  return (
    <SelectionContext value={{ selected: new Set(shown.map(({ id }) => id)), select }}>
      {shown.length > 0 ? (
        <SelectionBar
          projectId={projectId}
          keys={shown}
          actions={actions}
          onClear={() => setChosen(new Set())}
        />
      ) : null}
      {children}
    </SelectionContext>
  );
}

/** The checkbox of a key. */
export function SelectKey({ id, name }: SelectableKey) {
  const { selected, select } = useContext(SelectionContext);
  return (
    <input
      {...preloadOn(load)}
      type="checkbox"
      className="check relative z-1"
      aria-label={text.row(name)}
      checked={selected.has(id)}
      onChange={(event) => select([id], event.currentTarget.checked)}
    />
  );
}

/** The checkbox of all keys on the page. */
export function SelectPage({ ids }: { ids: string[] }) {
  const { selected, select } = useContext(SelectionContext);
  const count = ids.filter((id) => selected.has(id)).length;
  return (
    <input
      {...preloadOn(load)}
      ref={(input) => {
        if (input) input.indeterminate = count > 0 && count < ids.length;
      }}
      type="checkbox"
      className="check"
      aria-label={text.page}
      checked={count > 0 && count === ids.length}
      disabled={ids.length === 0}
      onChange={(event) => select(ids, event.currentTarget.checked)}
    />
  );
}
