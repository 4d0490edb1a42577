"use client";

import { useRouter } from "next/navigation";
import type { ActionResult } from "#domain/errors.ts";
import type { Sweep } from "#domain/keys/lifecycle/sweeps/types.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { formatNumber } from "../ui/format.ts";
import { Textarea } from "../ui/input.tsx";
import { UNUSED_BASE } from "./unused-state.ts";

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
    <Dialog
      open
      onClose={onClose}
      title={
        count === null
          ? "Revoke all matching keys"
          : `Revoke ${formatNumber(count)} key${count === 1 ? "" : "s"}`
      }
      description="You first see a preview of the keys. Nothing is revoked until you confirm it there."
    >
      <ActionForm
        action={(data) => preview(textOf(data, "reason"))}
        onDone={(sweep) => router.push(`${UNUSED_BASE}/sweeps/${sweep.id}`)}
      >
        <Field name="reason" label="Reason" hint="Shown to the owners and kept in the audit log of each key.">
          <Textarea name="reason" maxLength={500} placeholder="Not used for 90 days" />
        </Field>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Show preview</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
