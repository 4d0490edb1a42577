"use client";

import { useRouter } from "next/navigation";
import type { ActionResult } from "#domain/errors.ts";
import type { Sweep } from "#domain/keys/lifecycle/sweeps/schema.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Textarea } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { sweepText } from "./sweep-text.ts";
import { UNUSED_BASE } from "./unused-state.ts";

const text = sweepText.form;

interface SweepFormProps {
  /** Null for all matching keys. */
  count: number | null;
  preview: (reason: string) => Promise<ActionResult<Sweep>>;
  onClose: () => void;
}

/** Asks for the reason and opens the preview. Revokes nothing yet. */
export function SweepForm({ count, preview, onClose }: SweepFormProps) {
  const router = useRouter();
  return (
    <Dialog open onClose={onClose} title={text.title(count)} description={text.description}>
      <ActionForm
        action={(data) => preview(textOf(data, "reason"))}
        onDone={(sweep) => router.push(`${UNUSED_BASE}/sweeps/${sweep.id}`)}
      >
        <Field name="reason" label={text.reason} hint={text.reasonHint}>
          <Textarea name="reason" maxLength={500} placeholder={text.reasonExample} />
        </Field>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{text.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
