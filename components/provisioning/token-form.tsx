"use client";

import type { ScimTokenWithToken } from "#domain/access/scim/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { SERVICE_EXPIRY } from "../tokens/expiry-choice.ts";
import { TokenExpiryFields, withTokenExpiry } from "../tokens/token-expiry.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Select } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { provisioningText } from "./text.ts";

/** In this module, so that they load together: a new token must not wait for code that may fail to load. */
export { SecretOnce } from "../secret/secret-once.tsx";

const { form: text } = provisioningText;

export type CreateScimToken = (
  input: { name: string; provider: string | null; managesAdmins: boolean; expiresAt?: string | null },
  key: string,
) => Promise<ActionResult<ScimTokenWithToken>>;

interface ScimTokenFormProps {
  /** Those that people can sign in with. */
  providers: readonly { id: string; name: string }[];
  create: CreateScimToken;
  onCreated: (created: ScimTokenWithToken) => void;
  onClose: () => void;
}

/** Creates a SCIM token. */
export function ScimTokenForm({ providers, create, onCreated, onClose }: ScimTokenFormProps) {
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm
        attempt={{ form: "scim-token", subject: "" }}
        action={(data, key) =>
          withTokenExpiry(data, (expiresAt) =>
            create(
              {
                name: textOf(data, "name"),
                provider: textOf(data, "provider") || null,
                managesAdmins: data.has("managesAdmins"),
                ...(expiresAt !== undefined && { expiresAt }),
              },
              key,
            ),
          )
        }
        onDone={onCreated}
      >
        <Field name="name" label={text.name} hint={text.nameHint}>
          <Input maxLength={100} autoComplete="off" />
        </Field>
        {providers.length > 0 && (
          <Field name="provider" label={text.provider} hint={text.providerHint}>
            <Select name="provider" defaultValue={providers[0]?.id ?? ""} className="w-full">
              {providers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              <option value="">{text.anyProvider}</option>
            </Select>
          </Field>
        )}
        <Checkbox name="managesAdmins" label={text.managesAdmins} hint={text.managesAdminsHint} />
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
