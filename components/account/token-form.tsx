"use client";

import type { ManagementTokenWithToken } from "#domain/managementTokens/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";

export type CreateManagementToken = (input: {
  name: string;
}) => Promise<ActionResult<ManagementTokenWithToken>>;

interface TokenFormProps {
  create: CreateManagementToken;
  onCreated: (made: ManagementTokenWithToken) => void;
  onClose: () => void;
}

/** What a management token is for. */
export function TokenForm({ create, onCreated, onClose }: TokenFormProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="New management token"
      description="A script that holds it can do whatever you can do here."
    >
      <ActionForm action={(data) => create({ name: textOf(data, "name") })} onDone={onCreated}>
        <Field name="name" label="Name" hint="The script that will hold it: nightly rotation.">
          <Input maxLength={100} autoComplete="off" />
        </Field>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Make token</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
