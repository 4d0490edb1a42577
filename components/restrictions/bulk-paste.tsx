"use client";

import { clsx } from "clsx";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { INPUT_CLASS } from "../ui/filter.tsx";
import { MAX_PASTE_CHARACTERS, readPaste } from "./bulk.ts";
import { type Fields, type RowList, shapeOf } from "./lists.ts";
import { restrictionsText } from "./text.ts";

const TEXT = restrictionsText.paste;

interface BulkPasteProps {
  list: RowList;
  label: string;
  /** Text that was pasted into a single row but was too long for it. */
  initialText: string;
  /** How many rows may still be added. */
  remaining: number;
  onAdd: (entries: readonly Fields[]) => void;
  onCancel: () => void;
}

/** Ignored words that are shown. */
const SHOWN_WORDS = 8;

/** Adds many entries at once, one row each. */
export function BulkPaste({ list, label, initialText, remaining, onAdd, onCancel }: BulkPasteProps) {
  const [text, setText] = useState(initialText);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const isTooLong = text.length > MAX_PASTE_CHARACTERS;
  const { entries, ignored } = useMemo(
    () => (isTooLong ? { entries: [], ignored: [] } : readPaste(list, text)),
    [list, text, isTooLong],
  );
  const { fields } = shapeOf(list);
  const problem = isTooLong
    ? TEXT.tooLong(MAX_PASTE_CHARACTERS)
    : entries.length > remaining
      ? TEXT.tooMany(entries.length, remaining)
      : null;
  useEffect(() => textarea.current?.focus(), []);
  return (
    <div className="grid gap-2 rounded border border-border bg-canvas p-3">
      <textarea
        ref={textarea}
        aria-label={TEXT.label(label)}
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
        className={clsx(INPUT_CLASS, "min-h-24 py-2 font-mono text-sm")}
      />
      <p id={hint} className="text-sm text-muted">
        {fields.length > 1 ? TEXT.appHint : TEXT.hint}
      </p>
      {ignored.length > 0 ? (
        <p className="text-sm text-muted">
          {TEXT.ignored}{" "}
          <span className="font-mono break-all">{ignored.slice(0, SHOWN_WORDS).join(", ")}</span>
          {ignored.length > SHOWN_WORDS ? ` ${TEXT.more(ignored.length - SHOWN_WORDS)}` : null}
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
          {TEXT.add(entries.length)}
        </Button>
        <Button size="sm" onClick={onCancel}>
          {TEXT.cancel}
        </Button>
      </div>
    </div>
  );
}
