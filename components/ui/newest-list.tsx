import type { ReactNode } from "react";
import { Card } from "./card.tsx";
import { Pagination } from "./pagination.tsx";
import { UpdatingStatus } from "./updating-status.tsx";

interface NewestListProps {
  /** Above the list. */
  intro: ReactNode;
  /** Refreshing the first page. Null on a later page, which is not refreshed. */
  updates: { isFailing: boolean; refreshMs: number } | null;
  /** Whether the rows still belong to the previous filters. */
  isStale: boolean;
  /** The button for rows that arrived while one was open. Null if there are none. */
  newRows: { label: string; show: () => void } | null;
  /** The rows, or why there are none. */
  children: ReactNode;
  /** Names the list in the labels of the links to its pages. */
  noun: string;
  firstHref: string | null;
  nextHref: string | null;
}

/** A list that begins with the newest row and is refreshed automatically. */
export function NewestList({ intro, updates, isStale, newRows, children, ...pages }: NewestListProps) {
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        {intro}
        {updates ? <UpdatingStatus failing={updates.isFailing} refreshMs={updates.refreshMs} /> : null}
      </div>
      {newRows ? (
        <button
          type="button"
          onClick={newRows.show}
          className="rounded border border-border bg-raised px-3 py-1.5 text-sm font-medium text-accent hover:bg-hover"
        >
          {newRows.label}
        </button>
      ) : null}
      <Card flush className={isStale ? "opacity-60 transition-opacity" : undefined}>
        {children}
      </Card>
      <Pagination shown={null} {...pages} />
    </>
  );
}
