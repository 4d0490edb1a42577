"use client";

import { clsx } from "clsx";
import { Trash2 } from "lucide-react";
import { type DraftRowActions, DraftRows } from "../forms/draft-rows.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input, Select } from "../ui/input.tsx";
import { type LimitDraft, limitOf } from "./plan-draft.ts";
import { limitText, plansText } from "./text.ts";

const text = plansText.form;
const COLUMNS = "grid gap-2 sm:grid-cols-[minmax(0,4fr)_minmax(0,4fr)_minmax(0,3fr)_minmax(0,4fr)_2.5rem]";

const BLANK = { name: "", operations: "", amount: "", span: "month" };

interface LimitRowsProps {
  drafts: LimitDraft[];
  onChange: (drafts: LimitDraft[]) => void;
}

/** Edits the limits of a plan, one per row, each with its meaning in words. */
export function LimitRows({ drafts, onChange }: LimitRowsProps) {
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 text-sm font-medium">{text.limits}</legend>
      <p className="text-sm text-muted">{drafts.length === 0 ? text.noLimits : text.limitsHint}</p>
      <DraftRows
        drafts={drafts}
        blank={BLANK}
        columns={text.limitColumns}
        grid={COLUMNS}
        listClass="grid gap-4"
        addLabel={text.addLimit}
        onChange={onChange}
      >
        {(draft, index, row) => <Row key={draft.id} draft={draft} index={index} {...row} />}
      </DraftRows>
    </fieldset>
  );
}

interface RowProps extends DraftRowActions<LimitDraft> {
  draft: LimitDraft;
  index: number;
}

function Row({ draft, index, onChange, onRemove }: RowProps) {
  const field = `limits.${index}`;
  const number = index + 1;
  const isKnown = draft.span in text.spans;
  return (
    <li className="grid gap-1">
      <div className={clsx(COLUMNS, "items-start")}>
        <Field name={`${field}.name`} label={text.limitName(number)} hideLabel="from-sm">
          <Input
            value={draft.name}
            placeholder="per-month"
            onValueChange={(name) => onChange({ name })}
            spellCheck={false}
            autoComplete="off"
          />
        </Field>
        <Field name={`${field}.operations`} label={text.operations(number)} hideLabel="from-sm">
          <Input
            mono
            value={draft.operations}
            placeholder="export.*"
            onValueChange={(operations) => onChange({ operations })}
            spellCheck={false}
            autoComplete="off"
          />
        </Field>
        <Field name={field} label={text.amount(number)} hideLabel="from-sm">
          <Input
            type="number"
            min={1}
            value={draft.amount}
            placeholder="1000"
            onValueChange={(amount) => onChange({ amount })}
          />
        </Field>
        <Field name={`span.${index}`} label={text.span(number)} hideLabel="from-sm">
          <Select
            value={draft.span}
            onChange={(event) => onChange({ span: event.currentTarget.value })}
            className="w-full"
          >
            {isKnown ? null : <option value={draft.span}>{text.otherSpan(Number(draft.span))}</option>}
            {Object.entries(text.spans).map(([span, label]) => (
              <option key={span} value={span}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Button
          className="justify-center max-sm:justify-self-start"
          aria-label={text.removeLimit(number)}
          onClick={onRemove}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
      <p className="text-sm text-muted">{Number(draft.amount) > 0 ? limitText(limitOf(draft)) : ""}</p>
    </li>
  );
}
