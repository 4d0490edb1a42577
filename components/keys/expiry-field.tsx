"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input, Select } from "../ui/input.tsx";
import { useTimeZone } from "../ui/time.tsx";
import { dateInputValue, EXPIRY_CHOICES, expiresAtOf } from "./expiry.ts";
import { keySettingsText } from "./settings-text.ts";

const text = keySettingsText.expiry;

/** The expiry of a key; `withExpiry` reads it from the form. */
export function ExpiryFields({ current }: { current?: string | null }) {
  const [choice, setChoice] = useState(current ? "date" : "never");
  const zone = useTimeZone();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="expiryChoice" label={text.label} hint={choice === "never" ? text.neverHint : undefined}>
        <Select value={choice} onChange={(event) => setChoice(event.currentTarget.value)}>
          {EXPIRY_CHOICES.map((option) => (
            <option key={option} value={option}>
              {text.options[option]}
            </option>
          ))}
        </Select>
      </Field>
      {choice === "date" ? (
        <Field name="expiresAt" label={text.lastDay} hint={text.lastDayHint}>
          <Input
            // The server does not know the reader's time zone: the browser sets the date.
            key={zone}
            type="date"
            min={dateInputValue(Date.now(), zone)}
            defaultValue={current ? dateInputValue(current, zone) : undefined}
          />
        </Field>
      ) : null}
    </div>
  );
}

/**
 * Sends the value of `ExpiryFields`: ISO 8601, or null for never. An unchanged date is sent as `current`, exactly.
 * A missing date is shown at its field without a request: the server's message would explain ISO 8601.
 */
export async function withExpiry<Value>(
  data: FormData,
  send: (expiresAt: string | null) => Promise<ActionResult<Value>>,
  current?: string | null,
): Promise<ActionResult<Value>> {
  const at = expiresAtOf({
    choice: textOf(data, "expiryChoice"),
    date: textOf(data, "expiresAt"),
    nowMs: Date.now(),
    current,
  });
  if (at !== "missing") return send(at);
  const message = text.missing;
  return { ok: false, code: "invalid", message, errors: [{ path: "expiresAt", message }] };
}
