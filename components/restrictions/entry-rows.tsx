"use client";

import { ClipboardPaste, Plus } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { MAX_ENTRIES } from "#core/restrictions/kinds.ts";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { type Draft, type DraftChange, filledRows } from "./draft.ts";
import { EntryRow } from "./entry-row.tsx";
import { type Fields, type RowList, shapeOf } from "./lists.ts";
import { restrictionsText } from "./text.ts";
import type { ResultOf } from "./use-entry-results.ts";

const BulkPaste = lazyInBrowser(() => import("./bulk-paste.tsx").then((module) => module.BulkPaste));

interface EntryRowsProps {
  list: RowList;
  /** For assistive technology: "IP addresses". */
  label: string;
  draft: Draft;
  resultOf: ResultOf;
  change: (change: DraftChange) => void;
  /** More buttons that add rows. */
  children?: ReactNode;
}

/** The rows of one list. The focus moves to an added row, and stays near a removed one. */
export function EntryRows({ list, label, draft, resultOf, change, children }: EntryRowsProps) {
  const rows = draft.rows[list] ?? [];
  const shape = shapeOf(list);
  const container = useRef<HTMLDivElement>(null);
  const goTo = useRef<number | "last" | null>(null);
  /** The text in the field for many entries; null while it is closed. */
  const [pasting, setPasting] = useState<string | null>(null);

  useEffect(() => {
    const to = goTo.current;
    if (to === null) return;
    goTo.current = null;
    const found = container.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [];
    const row = found[to === "last" ? found.length - 1 : Math.min(to, found.length - 1)];
    (row?.querySelector("input") ?? container.current?.querySelector<HTMLElement>("[data-add]"))?.focus();
  });

  const onMore = useCallback(
    (of: RowList, entries: readonly Fields[]) => {
      goTo.current = "last";
      change({ kind: "add", list: of, entries });
    },
    [change],
  );
  const onRemove = useCallback(
    (of: RowList, id: number) => {
      const open = container.current?.querySelectorAll("[data-row]") ?? [];
      const at = [...open].findIndex((row) => row.contains(document.activeElement));
      goTo.current = Math.max(0, at);
      change({ kind: "remove", list: of, id });
    },
    [change],
  );

  return (
    <div ref={container} className="grid gap-3">
      {rows.length > 0 ? (
        <ul aria-label={label} className="grid gap-3">
          {rows.map((row) => (
            <EntryRow
              key={row.id}
              list={list}
              row={row}
              result={resultOf(list, row.fields)}
              change={change}
              onMore={onMore}
              onRemove={onRemove}
              onPasteMany={setPasting}
            />
          ))}
        </ul>
      ) : null}
      {pasting !== null ? (
        <BulkPaste
          list={list}
          key={pasting}
          label={label}
          initialText={pasting}
          remaining={Math.max(0, MAX_ENTRIES - filledRows(draft).length)}
          onAdd={(entries) => {
            setPasting(null);
            onMore(list, entries);
          }}
          onCancel={() => {
            setPasting(null);
            goTo.current = rows.length;
          }}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button data-add size="sm" onClick={() => onMore(list, [shape.fields.map(() => "")])}>
            <Plus aria-hidden />
            {shape.add}
          </Button>
          {children}
          <Button size="sm" variant="ghost" onClick={() => setPasting("")}>
            <ClipboardPaste aria-hidden />
            {restrictionsText.rows.pasteSeveral}
          </Button>
        </div>
      )}
    </div>
  );
}
