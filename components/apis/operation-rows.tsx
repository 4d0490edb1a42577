"use client";

import { clsx } from "clsx";
import { Trash2 } from "lucide-react";
import type { HTTP_METHODS } from "#domain/catalog/apis/schema.ts";
import { type DraftRowActions, DraftRows } from "../forms/draft-rows.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input, Select } from "../ui/input.tsx";
import { isBlank, type OperationDraft } from "./drafts.ts";
import { byHandText as text } from "./operations-text.ts";

/** A copy, because importing the schema's list would load zod in the browser. */
const METHODS = [
  "GET",
  "PUT",
  "POST",
  "DELETE",
  "OPTIONS",
  "HEAD",
  "PATCH",
  "TRACE",
] as const satisfies typeof HTTP_METHODS;

const COLUMNS =
  "grid gap-2 sm:grid-cols-[minmax(0,5fr)_6.5rem_minmax(0,5fr)_minmax(0,5fr)_minmax(0,4fr)_2rem]";

const BLANK = { name: "", method: "", path: "", summary: "", scopes: "" };

interface OperationRowsProps {
  drafts: OperationDraft[];
  onChange: (drafts: OperationDraft[]) => void;
}

/** Edits operations by hand, one per row. */
export function OperationRows({ drafts, onChange }: OperationRowsProps) {
  return (
    <div className="grid gap-3">
      <p className="text-sm text-muted">{text.scopesHint}</p>
      {drafts.length === 0 ? <p className="text-sm text-muted">{text.none}</p> : null}
      <DraftRows
        drafts={drafts}
        blank={BLANK}
        columns={text.columns}
        grid={COLUMNS}
        listClass="grid gap-2 max-sm:gap-5"
        addLabel={text.add}
        onChange={onChange}
      >
        {(draft, index, row) => (
          <Row key={draft.id} draft={draft} number={index + 1} field={fieldOf(drafts, index)} {...row} />
        )}
      </DraftRows>
    </div>
  );
}

/** The path of a row's errors, which count the rows that are sent: blank ones are not. */
function fieldOf(drafts: OperationDraft[], index: number): string {
  const draft = drafts[index];
  if (!draft || isBlank(draft)) return `blank.${index}`;
  return `operations.${drafts.slice(0, index).filter((each) => !isBlank(each)).length}`;
}

interface RowProps extends DraftRowActions<OperationDraft> {
  draft: OperationDraft;
  number: number;
  field: string;
}

function Row({ draft, number, field, onChange, onRemove }: RowProps) {
  return (
    <li className={clsx(COLUMNS, "items-start")}>
      <Field name={`${field}.name`} label={text.name(number)} hideLabel="from-sm">
        <Input
          mono
          value={draft.name}
          placeholder="badges.list"
          onValueChange={(name) => onChange({ name })}
          spellCheck={false}
          autoComplete="off"
        />
      </Field>
      <Field name={`${field}.method`} label={text.method(number)} hideLabel="from-sm">
        <Select value={draft.method} onChange={(event) => onChange({ method: event.currentTarget.value })}>
          <option value="">{text.anyMethod}</option>
          {METHODS.map((method) => (
            <option key={method} value={method}>
              {method}
            </option>
          ))}
        </Select>
      </Field>
      <Field name={`${field}.path`} label={text.path(number)} hideLabel="from-sm">
        <Input
          mono
          value={draft.path}
          placeholder="/badges/{user}"
          onValueChange={(path) => onChange({ path })}
          spellCheck={false}
          autoComplete="off"
        />
      </Field>
      <Field name={`${field}.summary`} label={text.summary(number)} hideLabel="from-sm">
        <Input
          value={draft.summary}
          placeholder={text.summaryExample}
          onValueChange={(summary) => onChange({ summary })}
          autoComplete="off"
        />
      </Field>
      <Field name={`${field}.requiredScopes`} label={text.scopes(number)} hideLabel="from-sm">
        <Input
          mono
          value={draft.scopes}
          placeholder="badges:read"
          onValueChange={(scopes) => onChange({ scopes })}
          spellCheck={false}
          autoComplete="off"
        />
      </Field>
      <Button
        variant="ghost"
        size="icon"
        className="mt-0.5"
        aria-label={text.remove(number)}
        onClick={onRemove}
      >
        <Trash2 aria-hidden />
      </Button>
    </li>
  );
}
