"use client";

import { type ReactNode, useState } from "react";
import type { ActionFailure } from "#domain/errors.ts";
import type { Rotation } from "#domain/keys/rotation/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import type { NewSecret, SecretActions } from "../keys/actions.ts";
import { dateInputValue } from "../keys/expiry.ts";
import { RecentTrafficText } from "../keys/recent-traffic.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Select } from "../ui/input.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import { lastDayOf, OVERLAP_CHOICES, overlapSecondsOf } from "./overlap.ts";
import { rotationText } from "./text.ts";
import { useRotation } from "./use-rotation.ts";

const text = rotationText.rotate;

interface RotateFormProps {
  subject: Key;
  /** Null when there is no overlap. */
  rotation: Rotation | null;
  actions: Pick<SecretActions, "rotate" | "recentTraffic">;
  onRotated: (created: NewSecret) => void;
  onClose: () => void;
}

/** Asks how long the old secret keeps working. The new secret exists once the server has answered. */
export function RotateForm({ subject, rotation, actions, onRotated, onClose }: RotateFormProps) {
  const [choice, setChoice] = useState<string>("day");
  // Someone else may have rotated the key since the page was loaded: the server then returns an error.
  const [overlapFound, setOverlapFound] = useState(false);
  // An earlier attempt created a secret, but its response was lost.
  const [unseen, setUnseen] = useState(false);
  const ref = { projectId: subject.projectId, keyId: subject.id };
  return (
    <Dialog open onClose={onClose} title={text.title(subject.name)} description={text.description}>
      <ActionForm
        attempt={{ form: "rotation", subject: subject.id }}
        onFailure={({ created }) => created && setUnseen(true)}
        action={async (data, key) => {
          if (unseen) return actions.rotate({ ...ref, overlapSeconds: 0, replaceUnseen: true }, key);
          const seconds = overlapSecondsOf(textOf(data, "overlap"), textOf(data, "until"), Date.now());
          if (seconds === null) return missingDate();
          const endOlder = data.get("endOlder") !== null;
          const result = await actions.rotate({ ...ref, overlapSeconds: seconds, endOlder }, key);
          if (result.ok || result.problem !== "OVERLAP_RUNNING") return result;
          setOverlapFound(true);
          return { ...result, message: text.confirmEnd };
        }}
        onDone={onRotated}
      >
        <RecentTrafficText subject={subject} load={actions.recentTraffic} />
        {unseen ? <UnseenSecret /> : null}
        {rotation && !unseen ? <EndOlder subject={subject} rotation={rotation} /> : null}
        {!rotation && overlapFound && !unseen ? <EndOlderChoice>{text.olderWorks}</EndOlderChoice> : null}
        <div className={unseen ? "hidden" : "grid gap-4 sm:grid-cols-2"}>
          <Field
            name="overlap"
            label={rotation || overlapFound ? text.currentWorksFor : text.oldWorksFor}
            hint={choice === "now" ? text.nowHint : text.overlapHint}
          >
            <Select value={choice} onChange={(event) => setChoice(event.currentTarget.value)}>
              {OVERLAP_CHOICES.map((value) => (
                <option key={value} value={value}>
                  {text.overlap[value]}
                </option>
              ))}
            </Select>
          </Field>
          {choice === "date" ? (
            <Field name="until" label={text.lastDay} hint={text.lastDayHint}>
              <Input type="date" min={dateInputValue(Date.now())} max={lastDayOf(Date.now())} />
            </Field>
          ) : null}
        </div>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{text.cancel}</Button>
          <SubmitButton variant={choice === "now" && !unseen ? "danger" : "primary"}>
            {unseen ? text.replaceUnseen : text.submit}
          </SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

/** The traffic of the older secret, and the choice to end it. */
function EndOlder({ subject, rotation }: { subject: Key; rotation: Rotation }) {
  const { data } = useRotation(subject, rotation);
  if (data === null) return null;
  const { hint, lapsesAt, lastHour, total, lastUsedAt } = data.older;
  return (
    <EndOlderChoice>
      {text.olderSecret} <code className="font-mono">{hint}</code>, {text.stillWorksUntil}{" "}
      <DateTime at={lapsesAt} />. {text.olderTraffic(lastHour, total)}{" "}
      {lastUsedAt ? (
        <>
          {text.lastUsed} <RelativeTime at={lastUsedAt} />.
        </>
      ) : null}
    </EndOlderChoice>
  );
}

/** Explains a secret that exists but that nobody has seen. */
function UnseenSecret() {
  return (
    <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">{text.unseen}</p>
  );
}

function EndOlderChoice({ children }: { children: ReactNode }) {
  return (
    <div className="grid gap-2 rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
      <p>
        {children} {text.maxSecrets}
      </p>
      <Checkbox name="endOlder" label={text.endOlder} />
    </div>
  );
}

function missingDate(): ActionFailure {
  const message = text.dateRequired;
  return { ok: false, code: "invalid", message, errors: [{ path: "until", message }] };
}
