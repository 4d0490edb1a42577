"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/result.ts";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input, Select } from "../ui/input.tsx";
import { useTimeZone } from "../ui/time.tsx";
import { dateInputValue, EXPIRY_OPTIONS, expiresAtOf } from "./expiry.ts";

/** When a key ends. Read it back with `readExpiry`. */
export function ExpiryFields({ current }: { current?: string | null }) {
  const [choice, setChoice] = useState(current ? "date" : "never");
  const zone = useTimeZone();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        name="expiryChoice"
        label="Expires"
        hint={choice === "never" ? "It works until somebody revokes it." : undefined}
      >
        <Select value={choice} onChange={(event) => setChoice(event.currentTarget.value)}>
          {EXPIRY_OPTIONS.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      </Field>
      {choice === "date" ? (
        <Field name="expiresAt" label="Last day" hint="It works until the end of that day, where you are.">
          <Input
            // The server's rendering does not know the reader's zone: the date is set once the browser does.
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
 * Sends what `ExpiryFields` hold, as ISO 8601 or null for never; `current` itself while its date was not changed. A date that is missing is a fault at its
 * field, told without asking the server, which would explain how to write an instant.
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
  const message = "Choose a date.";
  return { ok: false, code: "invalid", message, errors: [{ path: "expiresAt", message }] };
}
