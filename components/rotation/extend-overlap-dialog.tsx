"use client";

import type { ActionResult } from "#domain/errors.ts";
import type { Key } from "#domain/keys/schema.ts";
import { dateInputValue } from "../keys/expiry.ts";
import { ConfirmDialog } from "../ui/confirm.tsx";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { DateTime } from "../ui/time.tsx";
import { rotationText } from "./text.ts";

const text = rotationText.overlap;

export interface ExtendOverlapDialogProps {
  subject: Pick<Key, "name">;
  lapsesAt: string;
  latestEnd: string;
  changeEnd: (lapsesAt: string) => Promise<ActionResult<Key>>;
  onClose: () => void;
}

/** Asks for the last day of the overlap. */
export function ExtendOverlapDialog(props: ExtendOverlapDialogProps) {
  const { subject, lapsesAt, latestEnd, changeEnd, onClose } = props;
  return (
    <ConfirmDialog
      open
      harmless
      onClose={onClose}
      onDone={onClose}
      title={text.extendTitle(subject.name)}
      confirm={text.extendConfirm}
      action={(data) => changeEnd(endOf(textOf(data, "lapsesAt"), { lapsesAt, latestEnd }))}
      fields={
        <Field name="lapsesAt" label={text.lastDay} hint={text.lastDayHint}>
          <Input
            type="date"
            required
            min={dateInputValue(Date.now())}
            max={dateInputValue(latestEnd)}
            defaultValue={dateInputValue(lapsesAt)}
          />
        </Field>
      }
    >
      <p>
        {text.extendLimit} <DateTime at={latestEnd} />.
      </p>
    </ConfirmDialog>
  );
}

/**
 * The end of a day in the reader's time zone; on the last possible day, the latest possible time. An unchanged date
 * keeps its exact time.
 */
function endOf(date: string, { lapsesAt, latestEnd }: { lapsesAt: string; latestEnd: string }): string {
  if (date === dateInputValue(lapsesAt)) return lapsesAt;
  const end = new Date(`${date}T23:59:59`);
  if (Number.isNaN(end.getTime())) return "";
  return dateInputValue(latestEnd) === date ? latestEnd : end.toISOString();
}
