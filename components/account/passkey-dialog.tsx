"use client";

import type { NewPasskeyAnswer } from "#domain/access/accounts/factors/passkey-schema.ts";
import type { PasskeySetup } from "#domain/access/accounts/factors/passkeys.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { browserName } from "./browser-name.ts";
import { passkeyDialogText as text } from "./dialog-text.ts";
import { type Answered, createPasskey } from "./passkey-browser.ts";
import { withCodesDialog } from "./recovery-codes-loader.ts";

export interface AddPasskeyActions {
  start: () => Promise<ActionResult<PasskeySetup>>;
  add: (
    input: Answered<NewPasskeyAnswer> & { name: string },
  ) => Promise<ActionResult<{ recoveryCodes: string[] | null }>>;
}

interface PasskeyDialogProps {
  actions: AddPasskeyActions;
  onDone: (added: { recoveryCodes: string[] | null }) => void;
  onClose: () => void;
}

/** Asks for the name of a new passkey, then lets the browser create it. */
export function PasskeyDialog({ actions: { start, add }, onDone, onClose }: PasskeyDialogProps) {
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm
        action={(data) => {
          const name = textOf(data, "name");
          return withCodesDialog(() => createPasskey(start, (answered) => add({ ...answered, name })));
        }}
        onDone={onDone}
      >
        <Field name="name" label={text.name} hint={text.nameHint}>
          <Input
            defaultValue={browserName(navigator.userAgent)}
            maxLength={100}
            autoComplete="off"
            required
            autoFocus
          />
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
