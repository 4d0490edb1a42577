"use client";

import { useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { INPUT_CLASS } from "../ui/filter.tsx";
import { formatNumber } from "../ui/format.ts";
import { MAX_PASTE_CHARACTERS, readPaste } from "./bulk.ts";
import { type Fields, type RowList, shapeOf } from "./lists.ts";

interface BulkPasteProps {
  list: RowList;
  label: string;
  /** What was pasted into a single row, when it was too much to add at once. */
  initialText: string;
  /** How many rows may still be added. */
  room: number;
  onAdd: (entries: readonly Fields[]) => void;
  onCancel: () => void;
}

/** Of the words that were left out, this many are shown. */
const SHOWN_WORDS = 8;

/** Many entries at once, each of which becomes a row. */
export function BulkPaste({ list, label, initialText, room, onAdd, onCancel }: BulkPasteProps) {
  const [text, setText] = useState(initialText);
  const box = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const isTooLong = text.length > MAX_PASTE_CHARACTERS;
  const { entries, leftOut } = useMemo(
    () => (isTooLong ? { entries: [], leftOut: [] } : readPaste(list, text)),
    [list, text, isTooLong],
  );
  const { fields } = shapeOf(list);
  const problem = isTooLong
    ? `This is too long to read. Paste at most ${formatNumber(MAX_PASTE_CHARACTERS)} characters at a time.`
    : entries.length > room
      ? `${formatNumber(entries.length)} entries are too many: ${formatNumber(room)} more fit. Write networks instead of single addresses, *.example.com for subdomains, or badges.* for operations.`
      : null;
  useEffect(() => box.current?.focus(), []);
  return (
    <div className="grid gap-2 rounded border border-border bg-canvas p-3">
      <textarea
        ref={box}
        aria-label={`${label} to add`}
        aria-describedby={hint}
        rows={4}
        value={text}
        spellCheck={false}
        autoCapitalize="none"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onCancel();
        }}
        className={cx(INPUT_CLASS, "min-h-24 py-2 font-mono text-sm")}
      />
      <p id={hint} className="text-sm text-muted">
        {fields.length > 1
          ? "One app per line: its package, then its certificate."
          : "One per line or separated by commas. Lists in JSON, YAML, Terraform and nginx are read too."}
      </p>
      {leftOut.length > 0 ? (
        <p className="text-sm text-muted">
          Left out: <span className="font-mono break-all">{leftOut.slice(0, SHOWN_WORDS).join(", ")}</span>
          {leftOut.length > SHOWN_WORDS ? ` and ${formatNumber(leftOut.length - SHOWN_WORDS)} more` : null}
        </p>
      ) : null}
      {problem ? (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          variant="primary"
          disabled={entries.length === 0 || problem !== null}
          onClick={() => onAdd(entries)}
        >
          {entries.length === 0 ? "Add" : `Add ${formatNumber(entries.length)}`}
        </Button>
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
