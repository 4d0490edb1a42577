"use client";

import { useState } from "react";
import type { Key, KeyWithSecret } from "#domain/keys/types.ts";
import type { ActionFailure } from "#domain/result.ts";
import { dateInputValue } from "../keys/expiry.ts";
import { TrafficNow } from "../keys/traffic-now.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Select } from "../ui/input.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import type { SecretActions } from "./actions.ts";
import { lastDayOf, OVERLAP_OPTIONS, overlapSecondsOf } from "./overlap.ts";

interface RotateFormProps {
  subject: Key;
  actions: Pick<SecretActions, "rotate" | "recentTraffic">;
  onRotated: (made: KeyWithSecret) => void;
  onClose: () => void;
}

/** Asks how long the old secret goes on working. Nothing is made until the server says so. */
export function RotateForm({ subject, actions, onRotated, onClose }: RotateFormProps) {
  const [choice, setChoice] = useState<string>("day");
  const older = subject.secrets.find(({ lapsesAt }) => lapsesAt !== null);
  const ref = { projectId: subject.projectId, keyId: subject.id };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rotate ${subject.name}`}
      description="It gets a new secret. Its id, restrictions, limits and history stay."
    >
      <ActionForm
        action={async (data) => {
          const seconds = overlapSecondsOf(textOf(data, "overlap"), textOf(data, "until"), Date.now());
          return seconds === null ? noDate() : actions.rotate({ ...ref, overlapSeconds: seconds });
        }}
        onDone={onRotated}
      >
        <TrafficNow subject={subject} ask={actions.recentTraffic} />
        {older?.lapsesAt ? (
          <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
            An older secret, <code className="font-mono">{older.hint}</code>, still works until{" "}
            <DateTime at={older.lapsesAt} />
            {older.lastUsedAt ? (
              <>
                {" "}
                and was last used <RelativeTime at={older.lastUsedAt} />
              </>
            ) : null}
            . Rotating again ends it now: a key has two secrets at most.
          </p>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            name="overlap"
            label="The old secret works for"
            hint={
              choice === "now"
                ? "Whoever still sends it is refused within a second."
                : "Time to bring the new one to where it runs."
            }
          >
            <Select value={choice} onChange={(event) => setChoice(event.currentTarget.value)}>
              {OVERLAP_OPTIONS.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          {choice === "date" ? (
            <Field
              name="until"
              label="Last day"
              hint="Until the end of that day, where you are; 30 days at most."
            >
              <Input type="date" min={dateInputValue(Date.now())} max={lastDayOf(Date.now())} />
            </Field>
          ) : null}
        </div>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton variant={choice === "now" ? "danger" : "primary"}>Rotate key</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

function noDate(): ActionFailure {
  const message = "Choose a date from today on.";
  return { ok: false, code: "invalid", message, errors: [{ path: "until", message }] };
}
