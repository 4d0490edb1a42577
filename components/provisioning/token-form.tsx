"use client";

import type { ScimTokenWithToken } from "#domain/access/scim/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { SERVICE_EXPIRY } from "../tokens/expiry-choice.ts";
import { TokenExpiryFields, withTokenExpiry } from "../tokens/token-expiry.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { provisioningText } from "./text.ts";

/** In this module, so that they load together: a new token must not wait for code that may fail to load. */
export { SecretOnce } from "../secret/secret-once.tsx";

const { form: text } = provisioningText;

export type CreateScimToken = (
  input: { name: string; expiresAt?: string | null },
  key: string,
) => Promise<ActionResult<ScimTokenWithToken>>;

interface ScimTokenFormProps {
  create: CreateScimToken;
  onCreated: (created: ScimTokenWithToken) => void;
  onClose: () => void;
}

/** Creates a SCIM token. */
export function ScimTokenForm({ create, onCreated, onClose }: ScimTokenFormProps) {
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm
        attempt={{ form: "scim-token", subject: "" }}
        action={(data, key) =>
          withTokenExpiry(data, (expiresAt) =>
            create({ name: textOf(data, "name"), ...(expiresAt !== undefined && { expiresAt }) }, key),
          )
        }
        onDone={onCreated}
      >
        <Field name="name" label={text.name} hint={text.nameHint}>
          <Input maxLength={100} autoComplete="off" />
        </Field>
        <TokenExpiryFields offers={SERVICE_EXPIRY} />
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{text.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
