"use client";

import { useState } from "react";
import { DAY_MS } from "#core/time.ts";
import type { ActionResult } from "#domain/errors.ts";
import { dateInputValue, expiresAtOf } from "../keys/expiry.ts";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input, Select } from "../ui/input.tsx";
import { useTimeZone } from "../ui/time.tsx";
import type { ExpiryChoice } from "./expiry-choice.ts";
import { tokensText } from "./text.ts";

const { expiry: text } = tokensText;
/** Offered if the maximum allows it and it is not the default. */
const DAYS = [30, 90];

/** The expiry of a token; `withTokenExpiry` reads it from the form. */
export function TokenExpiryFields({ offers: { byDefault, never, maxDays } }: { offers: ExpiryChoice }) {
  const [choice, setChoice] = useState("default");
  const zone = useTimeZone();
  const shortcuts = DAYS.filter((days) => days <= (maxDays ?? days) && text.days(days) !== byDefault);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="expiryChoice" label={text.label} hint={choice === "never" ? text.neverHint : undefined}>
        <Select value={choice} onChange={(event) => setChoice(event.currentTarget.value)}>
          <option value="default">{byDefault}</option>
          {shortcuts.map((days) => (
            <option key={days} value={days}>
              {text.days(days)}
            </option>
          ))}
          <option value="date">{text.date}</option>
          {never ? <option value="never">{text.never}</option> : null}
        </Select>
      </Field>
      {choice === "date" ? (
        <Field
          name="expiresAt"
          label={text.lastDay}
          hint={maxDays === null ? text.lastDayHint : text.maxHint(maxDays)}
        >
          <Input
            // The server does not know the reader's time zone: the browser sets the dates.
            key={zone}
            type="date"
            min={dateInputValue(Date.now(), zone)}
            // The end of the day must not exceed the maximum.
            max={maxDays === null ? undefined : dateInputValue(Date.now() + (maxDays - 1) * DAY_MS, zone)}
          />
        </Field>
      ) : null}
    </div>
  );
}

/**
 * Sends the value of `TokenExpiryFields`: ISO 8601, null for never, and undefined for the server's default. A missing
 * date is shown at its field without a request.
 */
export async function withTokenExpiry<Value>(
  data: FormData,
  send: (expiresAt: string | null | undefined) => Promise<ActionResult<Value>>,
): Promise<ActionResult<Value>> {
  const choice = textOf(data, "expiryChoice");
  if (choice === "default") return send(undefined);
  const at = expiresAtOf({ choice, date: textOf(data, "expiresAt"), nowMs: Date.now() });
  if (at !== "missing") return send(at);
  const message = text.missing;
  return { ok: false, code: "invalid", message, errors: [{ path: "expiresAt", message }] };
}
