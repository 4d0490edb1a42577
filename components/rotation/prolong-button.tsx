"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { Key } from "#domain/keys/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { dateInputValue } from "../keys/expiry.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { DateTime } from "../ui/time.tsx";

const ConfirmDialog = dynamic(() => import("../ui/confirm.tsx").then((module) => module.ConfirmDialog), {
  ssr: false,
});

interface ProlongButtonProps {
  subject: Pick<Key, "name">;
  lapsesAt: string;
  longestUntil: string;
  prolong: (lapsesAt: string) => Promise<ActionResult<Key>>;
}

/** Sets another end to the overlap. */
export function ProlongButton({ subject, lapsesAt, longestUntil, prolong }: ProlongButtonProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setAsking(true)}>
        Another end…
      </Button>
      {asking ? (
        <ConfirmDialog
          open
          harmless
          onClose={() => setAsking(false)}
          onDone={() => setAsking(false)}
          title={`Until when does the old secret of ${subject.name} work?`}
          confirm="Set the end"
          action={(data) => prolong(endOf(textOf(data, "lapsesAt"), { lapsesAt, longestUntil }))}
          fields={
            <Field name="lapsesAt" label="Last day" hint="Until the end of that day, where you are.">
              <Input
                type="date"
                required
                min={dateInputValue(Date.now())}
                max={dateInputValue(longestUntil)}
                defaultValue={dateInputValue(lapsesAt)}
              />
            </Field>
          }
        >
          <p>
            30 days from the rotation at most: until <DateTime at={longestUntil} />.
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/**
 * The end of a day where the reader is; on the last day that is possible, the last moment. The end that is set stays
 * to the millisecond while its date does.
 */
function endOf(date: string, { lapsesAt, longestUntil }: { lapsesAt: string; longestUntil: string }): string {
  if (date === dateInputValue(lapsesAt)) return lapsesAt;
  const end = new Date(`${date}T23:59:59`);
  if (Number.isNaN(end.getTime())) return "";
  return dateInputValue(longestUntil) === date ? longestUntil : end.toISOString();
}
