"use client";

import type { Passkey } from "#domain/access/accounts/factors/passkeys.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { factorText } from "./factor-text.ts";

const { rename: text, name: nameLabel } = factorText.passkeys;

interface RenamePasskeyProps {
  passkey: Pick<Passkey, "id" | "name">;
  rename: (input: { passkeyId: string; name: string }) => Promise<ActionResult<unknown>>;
}

/** The button that gives a passkey another name. */
export function RenamePasskey({ passkey, rename }: RenamePasskeyProps) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={text.label}
      about={text.about(passkey.name)}
      title={text.title}
      confirm={text.confirm}
      harmless
      action={(data) => rename({ passkeyId: passkey.id, name: textOf(data, "name") })}
      fields={
        <Field name="name" label={nameLabel}>
          <Input defaultValue={passkey.name} maxLength={100} autoComplete="off" required />
        </Field>
      }
    >
      <p>{text.effect}</p>
    </ConfirmButton>
  );
}
