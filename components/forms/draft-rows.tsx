"use client";

import { clsx } from "clsx";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";

interface DraftRowsProps<Draft> {
  drafts: Draft[];
  /** A new row without its id. */
  blank: Omit<Draft, "id">;
  columns: readonly string[];
  /** The grid of a row, which the names of the columns share. */
  grid: string;
  listClass: string;
  addLabel: string;
  onChange: (drafts: Draft[]) => void;
  children: (draft: Draft, index: number, row: DraftRowActions<Draft>) => ReactNode;
}

export interface DraftRowActions<Draft> {
  onChange: (part: Partial<Draft>) => void;
  onRemove: () => void;
}

/** The rows of a list that is edited in a form, below the names of their columns, with a button that adds one. */
export function DraftRows<Draft extends { id: number }>(props: DraftRowsProps<Draft>) {
  const { drafts, blank, columns, grid, listClass, addLabel, onChange, children } = props;
  const change = (id: number, part: Partial<Draft>) =>
    onChange(drafts.map((draft) => (draft.id === id ? { ...draft, ...part } : draft)));
  const add = () => {
    const id = Math.max(-1, ...drafts.map((draft) => draft.id)) + 1;
    onChange([...drafts, { ...blank, id } as Draft]);
  };
  return (
    <>
      {drafts.length > 0 ? (
        <div aria-hidden className={clsx(grid, "text-xs text-muted max-sm:hidden")}>
          {columns.map((column) => (
            <span key={column}>{column}</span>
          ))}
        </div>
      ) : null}
      <ol className={listClass}>
        {drafts.map((draft, index) =>
          children(draft, index, {
            onChange: (part) => change(draft.id, part),
            onRemove: () => onChange(drafts.filter(({ id }) => id !== draft.id)),
          }),
        )}
      </ol>
      <div>
        <Button size="sm" onClick={add}>
          <Plus aria-hidden />
          {addLabel}
        </Button>
      </div>
    </>
  );
}
