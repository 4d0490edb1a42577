"use client";

import type { ManagementScope } from "#core/scopes.ts";
import type { ManagementTokenWithToken } from "#domain/access/management-tokens/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { managementExpiry } from "../tokens/expiry-choice.ts";
import { TokenExpiryFields, withTokenExpiry } from "../tokens/token-expiry.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { ScopeFields, scopesOf } from "./scope-fields.tsx";
import { accountText } from "./text.ts";

/** In this module, so that they load together: a new token must not wait for code that may fail to load. */
export { SecretOnce } from "../secret/secret-once.tsx";

const { form: text } = accountText.tokens;

export type CreateManagementToken = (
  input: {
    name: string;
    scopes: ManagementScope[];
    expiresAt?: string | null;
    allowedIps: string[];
  },
  key: string,
) => Promise<ActionResult<ManagementTokenWithToken>>;

interface TokenFormProps {
  /** The policy's maximum lifetime in days, or null. */
  maxDays: number | null;
  create: CreateManagementToken;
  onCreated: (created: ManagementTokenWithToken) => void;
  onClose: () => void;
}

/** Creates a management token with the chosen permissions, expiry and IP addresses. */
export function TokenForm({ maxDays, create, onCreated, onClose }: TokenFormProps) {
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm
        attempt={{ form: "management-token", subject: "" }}
        action={(data, key) =>
          withTokenExpiry(data, (expiresAt) =>
            create(
              {
                name: textOf(data, "name"),
                scopes: scopesOf(data),
                ...(expiresAt !== undefined && { expiresAt }),
                allowedIps: textOf(data, "allowedIps")
                  .split(/[\s,]+/)
                  .filter(Boolean),
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
        <ScopeFields />
        <TokenExpiryFields offers={managementExpiry(maxDays)} />
        <Field name="allowedIps" label={text.allowedIps} optional hint={text.allowedIpsHint}>
          <Textarea name="allowedIps" mono rows={2} placeholder="203.0.113.0/24" spellCheck={false} />
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
