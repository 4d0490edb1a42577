"use client";

import type { ReactNode } from "react";
import type { ManagementScope } from "#core/scopes.ts";
import type { ManagementTokenWithToken } from "#domain/access/management-tokens/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { managementExpiry } from "../tokens/expiry-choice.ts";
import { TokenExpiryFields, withTokenExpiry } from "../tokens/token-expiry.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { entriesIn } from "../ui/entries.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { tokenText } from "./dialog-text.ts";
import { ScopeFields, scopesOf } from "./scope-fields.tsx";

/** In this module, so that they load together: a new token must not wait for code that may fail to load. */
export { SecretOnce } from "../secret/secret-once.tsx";

const { form: text } = tokenText;

/** What every new management token has, besides its permissions. */
export interface NewTokenFields {
  name: string;
  expiresAt?: string | null;
  allowedIps: string[];
}

export type CreateManagementToken = (
  input: NewTokenFields & { scopes: ManagementScope[] },
  key: string,
) => Promise<ActionResult<ManagementTokenWithToken>>;

interface TokenFormProps {
  /** The policy's maximum lifetime in days, or null. */
  maxDays: number | null;
  create: CreateManagementToken;
  onCreated: (created: ManagementTokenWithToken) => void;
  onClose: () => void;
}

/** Creates a management token of the user. */
export function TokenForm({ create, ...rest }: TokenFormProps) {
  return (
    <NewTokenForm
      {...rest}
      form={{ name: "management-token", subject: "" }}
      title={text.title}
      description={text.description}
      permissions={<ScopeFields />}
      create={(fields, data, key) => create({ ...fields, scopes: scopesOf(data) }, key)}
    />
  );
}

interface NewTokenFormProps<Created> {
  /** The form among the attempts, and what it is about. */
  form: { name: string; subject: string };
  title: string;
  description: string;
  maxDays: number | null;
  /** The fields of its permissions. */
  permissions: ReactNode;
  create: (fields: NewTokenFields, data: FormData, key: string) => Promise<ActionResult<Created>>;
  onCreated: (created: Created) => void;
  onClose: () => void;
}

/** Asks for a management token's name, permissions, expiry and IP addresses. */
export function NewTokenForm<Created>({
  form,
  title,
  description,
  maxDays,
  permissions,
  create,
  onCreated,
  onClose,
}: NewTokenFormProps<Created>) {
  return (
    <Dialog open onClose={onClose} title={title} description={description}>
      <ActionForm
        attempt={{ form: form.name, subject: form.subject }}
        action={(data, key) =>
          withTokenExpiry(data, (expiresAt) =>
            create(
              {
                name: textOf(data, "name"),
                ...(expiresAt !== undefined && { expiresAt }),
                allowedIps: entriesIn(textOf(data, "allowedIps")),
              },
              data,
              key,
            ),
          )
        }
        onDone={onCreated}
      >
        <Field name="name" label={text.name} hint={text.nameHint}>
          <Input maxLength={100} autoComplete="off" />
        </Field>
        {permissions}
        <TokenExpiryFields offers={managementExpiry(maxDays)} />
        <Field name="allowedIps" label={text.allowedIps} optional hint={text.allowedIpsHint}>
          <Textarea
            data-entries
            name="allowedIps"
            mono
            rows={2}
            placeholder="203.0.113.0/24"
            spellCheck={false}
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
