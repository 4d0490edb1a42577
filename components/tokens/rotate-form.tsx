"use client";

import { type ReactNode, useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Select } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { tokensText } from "./text.ts";
import { withTokenExpiry } from "./token-expiry.tsx";

/** In this module, so that they load together: a new token must not wait for code that may fail to load. */
export { SecretOnce } from "../secret/secret-once.tsx";
export { TokenExpiryFields } from "./token-expiry.tsx";

const { rotate: text } = tokensText;

export interface RotatableToken {
  id: string;
  name: string;
  /** An older secret that still works. */
  older: { lapsesAt: string } | null;
}

/** A rotation as its form describes it. */
export interface TokenRotation {
  overlapSeconds: number;
  endOlder?: boolean;
  expiresAt?: string | null;
}

interface RotateTokenFormProps {
  /** Name of the form among the attempts. */
  form: string;
  subject: RotatableToken;
  rotate: (rotation: TokenRotation, key: string) => Promise<ActionResult<{ token: string }>>;
  /** The choice of the new expiry. */
  expiry: ReactNode;
  onRotated: (token: string) => void;
  onClose: () => void;
}

/** Asks how long the old secret keeps working, and until when the new one does. */
export function RotateTokenForm({ form, subject, rotate, expiry, onRotated, onClose }: RotateTokenFormProps) {
  const [overlap, setOverlap] = useState("86400");
  // Someone else may have rotated the token since the page was loaded: the server then returns an error.
  const [overlapFound, setOverlapFound] = useState(subject.older !== null);
  return (
    <Dialog open onClose={onClose} title={text.title(subject.name)} description={text.description}>
      <ActionForm
        attempt={{ form, subject: subject.id }}
        onFailure={({ problem }) => problem === "OVERLAP_RUNNING" && setOverlapFound(true)}
        action={(data, key) =>
          withTokenExpiry(data, (expiresAt) =>
            rotate(
              {
                overlapSeconds: Number(textOf(data, "overlapSeconds")),
                ...(data.get("endOlder") !== null && { endOlder: true }),
                ...(expiresAt !== undefined && { expiresAt }),
              },
              key,
            ),
          )
        }
        onDone={({ token }) => onRotated(token)}
      >
        {overlapFound ? <Checkbox name="endOlder" label={text.endOlder} hint={text.endOlderHint} /> : null}
        <Field
          name="overlapSeconds"
          label={text.oldWorksFor}
          hint={overlap === "0" ? text.nowHint : text.overlapHint}
        >
          <Select value={overlap} onChange={(event) => setOverlap(event.currentTarget.value)}>
            {Object.entries(text.overlap).map(([seconds, label]) => (
              <option key={seconds} value={seconds}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        {expiry}
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{text.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
