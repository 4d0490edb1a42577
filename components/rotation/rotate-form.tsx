"use client";

import { type ReactNode, useState } from "react";
import type { Rotation } from "#domain/keys/rotation/types.ts";
import type { Key, KeyWithSecret } from "#domain/keys/types.ts";
import type { ActionFailure } from "#domain/result.ts";
import { dateInputValue } from "../keys/expiry.ts";
import { RecentTrafficText } from "../keys/recent-traffic.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { formatNumber } from "../ui/format.ts";
import { Input, Select } from "../ui/input.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import type { SecretActions } from "./actions.ts";
import { lastDayOf, OVERLAP_OPTIONS, overlapSecondsOf } from "./overlap.ts";
import { useRotation } from "./use-rotation.ts";

interface RotateFormProps {
  subject: Key;
  /** Null when no overlap runs. */
  rotation: Rotation | null;
  actions: Pick<SecretActions, "rotate" | "recentTraffic">;
  onRotated: (made: KeyWithSecret) => void;
  onClose: () => void;
}

/** Asks how long the old secret goes on working. Nothing is made until the server says so. */
export function RotateForm({ subject, rotation, actions, onRotated, onClose }: RotateFormProps) {
  const [choice, setChoice] = useState<string>("day");
  // Another person may have rotated the key since the page was read: the server says so then.
  const [overlapFound, setOverlapFound] = useState(false);
  // An earlier attempt gave the key a secret whose answer got lost for good.
  const [unseen, setUnseen] = useState(false);
  const ref = { projectId: subject.projectId, keyId: subject.id };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rotate ${subject.name}`}
      description="It gets a new secret. Its id, restrictions, limits and history stay."
    >
      <ActionForm
        attempt={{ form: "rotation", subject: subject.id }}
        onFailure={({ created }) => created && setUnseen(true)}
        action={async (data, key) => {
          if (unseen) return actions.rotate({ ...ref, overlapSeconds: 0, replaceUnseen: true }, key);
          const seconds = overlapSecondsOf(textOf(data, "overlap"), textOf(data, "until"), Date.now());
          if (seconds === null) return noDate();
          const endOlder = data.get("endOlder") !== null;
          const result = await actions.rotate({ ...ref, overlapSeconds: seconds, endOlder }, key);
          if (result.ok || result.problem !== "OVERLAP_RUNNING") return result;
          setOverlapFound(true);
          return { ...result, message: CONFIRM_END };
        }}
        onDone={onRotated}
      >
        <RecentTrafficText subject={subject} load={actions.recentTraffic} />
        {unseen ? <UnseenBox /> : null}
        {rotation && !unseen ? <EndOlder subject={subject} rotation={rotation} /> : null}
        {!rotation && overlapFound && !unseen ? (
          <EndOlderBox>An older secret still works.</EndOlderBox>
        ) : null}
        <div className={unseen ? "hidden" : "grid gap-4 sm:grid-cols-2"}>
          <Field
            name="overlap"
            label={rotation || overlapFound ? "The current secret works for" : "The old secret works for"}
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
          <SubmitButton variant={choice === "now" && !unseen ? "danger" : "primary"}>
            {unseen ? "Replace unseen secret" : "Rotate key"}
          </SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

const CONFIRM_END =
  "Nothing was changed: an older secret still works. Tick “End the older secret now” to rotate the key nevertheless.";

/** What ending the older secret would stop, in numbers, and the consent to it. */
function EndOlder({ subject, rotation }: { subject: Key; rotation: Rotation }) {
  const { data } = useRotation(subject, rotation);
  if (data === null) return null;
  const { hint, lapsesAt, lastHour, total, lastUsedAt } = data.older;
  return (
    <EndOlderBox>
      An older secret, <code className="font-mono">{hint}</code>, still works until <DateTime at={lapsesAt} />
      .{" "}
      {lastHour > 0
        ? `${formatNumber(lastHour)} requests used it in the last hour, ${formatNumber(total)} since the rotation: such requests would be denied.`
        : "No request used it in the last hour."}{" "}
      {lastUsedAt ? (
        <>
          It was last used <RelativeTime at={lastUsedAt} />.
        </>
      ) : null}
    </EndOlderBox>
  );
}

/** What to do about a secret that exists and that nobody has seen. */
function UnseenBox() {
  return (
    <p className="rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
      The key has a new secret that nobody has seen. Replacing it ends that secret now and shows you another;
      the older secret keeps working until its overlap ends.
    </p>
  );
}

function EndOlderBox({ children }: { children: ReactNode }) {
  return (
    <div className="grid gap-2 rounded border border-attention/40 bg-attention-soft px-3 py-2 text-sm">
      <p>{children} A key has two secrets at most.</p>
      <Checkbox name="endOlder" label="End the older secret now" />
    </div>
  );
}

function noDate(): ActionFailure {
  const message = "Choose a date from today on.";
  return { ok: false, code: "invalid", message, errors: [{ path: "until", message }] };
}
