"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import { memo, useState } from "react";
import type { EntryResult } from "#domain/keys/restrictions/schema.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { INPUT_CLASS, INPUT_HEIGHT } from "../ui/filter.tsx";
import { readPaste } from "./bulk.ts";
import type { DraftChange, Row } from "./draft.ts";
import { EntryResultLine } from "./entry-result-line.tsx";
import { type Fields, fieldsOf, isOperations, type RowList, shapeOf } from "./lists.ts";
import { MAX_FIELD_CHARACTERS } from "./test-call.ts";
import { restrictionsText } from "./text.ts";

const TEXT = restrictionsText.rows;

interface EntryRowProps {
  list: RowList;
  row: Row;
  result: EntryResult | undefined;
  change: (change: DraftChange) => void;
  /** Enter was pressed: adds another row. */
  onMore: (list: RowList, entries: readonly Fields[]) => void;
  onRemove: (list: RowList, id: number) => void;
  /** A long text was pasted: the reader reviews it before it becomes rows. */
  onPasteMany: (text: string) => void;
}

/** A longer pasted text is a file rather than a few entries. */
const MAX_ROW_PASTE_CHARACTERS = 4_000;

/** One entry: its fields, its meaning or error from the server, and the button that removes it. */
export const EntryRow = memo(function EntryRow(props: EntryRowProps) {
  const { list, row, result, change, onMore, onRemove, onPasteMany } = props;
  const [focused, setFocused] = useState(false);
  const { fields } = shapeOf(list);
  const typed = row.fields.map((text) => text.trim()).join("@");
  const resultId = `result-${list}-${row.id}`;
  const invalid = result?.ok === false;
  return (
    <li
      data-row
      data-added={row.added || undefined}
      className="grid gap-1"
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <div className="flex items-start gap-2">
        <div className={clsx("grid min-w-0 flex-1 gap-2", fields.length > 1 && "sm:grid-cols-2")}>
          {fields.map((field, at) => (
            <input
              key={field.label}
              aria-label={field.label}
              aria-describedby={resultId}
              aria-invalid={invalid || undefined}
              value={row.fields[at] ?? ""}
              placeholder={field.placeholder}
              maxLength={MAX_FIELD_CHARACTERS}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className={clsx(INPUT_CLASS, INPUT_HEIGHT, "font-mono")}
              onChange={(event) =>
                change({ kind: "type", list, id: row.id, field: at, text: event.currentTarget.value })
              }
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
                event.preventDefault();
                if (typed !== "") onMore(list, [fields.map(() => "")]);
              }}
              onPaste={(event) => {
                const text = event.clipboardData.getData("text");
                if (text.length > MAX_ROW_PASTE_CHARACTERS) {
                  event.preventDefault();
                  onPasteMany(text);
                  return;
                }
                const { entries } = readPaste(list, text);
                if (!isSeveral(entries)) return;
                event.preventDefault();
                if (typed === "") change({ kind: "replace", list, id: row.id, entries });
                else onMore(list, entries);
              }}
            />
          ))}
        </div>
        {row.added ? (
          <Badge tone="accent" className="mt-2">
            {TEXT.added}
          </Badge>
        ) : null}
        <Button
          variant="ghost"
          size="icon"
          className="mt-0.5"
          aria-label={typed === "" ? TEXT.removeEmpty : TEXT.remove(typed)}
          onClick={() => onRemove(list, row.id)}
        >
          <X aria-hidden />
        </Button>
      </div>
      <EntryResultLine
        id={resultId}
        result={typed === "" ? undefined : result}
        typed={typed}
        live={focused}
        oneOf={isOperations(list)}
        onUse={(entries) =>
          change({ kind: "replace", list, id: row.id, entries: entries.map((text) => fieldsOf(list, text)) })
        }
      />
    </li>
  );
});

/** Whether pasted text fills more than one field. */
function isSeveral(entries: string[][]): boolean {
  return entries.length > 1 || (entries[0]?.filter((text) => text !== "").length ?? 0) > 1;
}
