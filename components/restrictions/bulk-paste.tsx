"use client";

import { useEffect, useId, useRef, useState } from "react";
import { BOX } from "../ui/box.ts";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { formatCount } from "../ui/format.ts";
import { splitBulk } from "./bulk.ts";
import { type Fields, type RowList, shapeOf } from "./lists.ts";

interface BulkPasteProps {
  list: RowList;
  label: string;
  onAdd: (entries: readonly Fields[]) => void;
  onCancel: () => void;
}

/** Many entries at once, each of which becomes a row. */
export function BulkPaste({ list, label, onAdd, onCancel }: BulkPasteProps) {
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const entries = splitBulk(list, text);
  const { fields } = shapeOf(list);
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
        className={cx(BOX, "min-h-24 py-2 font-mono text-sm")}
      />
      <p id={hint} className="text-sm text-muted">
        {fields.length > 1
          ? "Package and certificate behind each other, one app a line."
          : "One a line, or with commas or spaces between them."}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="primary" disabled={entries.length === 0} onClick={() => onAdd(entries)}>
          {entries.length === 0 ? "Add" : `Add ${formatCount(entries.length)}`}
        </Button>
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
