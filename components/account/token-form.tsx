"use client";

import { useState } from "react";
import { DEFAULT_SCOPES, type ManagementScope, MEMBERS_WRITE } from "#core/scopes.ts";
import type { ManagementTokenWithToken } from "#domain/access/management-tokens/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { accountText } from "./text.ts";

/** In this module, so that they load together: a new token must not wait for code that may fail to load. */
export { SecretOnce } from "../secret/secret-once.tsx";

const { form: text } = accountText.tokens;

export type CreateManagementToken = (
  input: {
    name: string;
    scopes?: ManagementScope[];
  },
  key: string,
) => Promise<ActionResult<ManagementTokenWithToken>>;

interface TokenFormProps {
  create: CreateManagementToken;
  onCreated: (created: ManagementTokenWithToken) => void;
  onClose: () => void;
}

/** Creates a management token, with or without permission to change project members. */
export function TokenForm({ create, onCreated, onClose }: TokenFormProps) {
  const [members, setMembers] = useState(false);
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm
        attempt={{ form: "management-token", subject: "" }}
        action={(data, key) =>
          create(
            {
              name: textOf(data, "name"),
              ...(members && {
                scopes: [...DEFAULT_SCOPES, MEMBERS_WRITE],
              }),
            },
            key,
          )
        }
        onDone={onCreated}
      >
        <Field name="name" label={text.name} hint={text.nameHint}>
          <Input maxLength={100} autoComplete="off" />
        </Field>
        <Checkbox
          name="members"
          checked={members}
          onChange={(event) => setMembers(event.target.checked)}
          label={text.members}
          hint={text.membersHint}
        />
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{text.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
