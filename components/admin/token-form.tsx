"use client";

import type { ServiceTokenWithToken } from "#domain/access/service-tokens/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { SERVICE_EXPIRY } from "../tokens/expiry-choice.ts";
import { TokenExpiryFields, withTokenExpiry } from "../tokens/token-expiry.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { entriesIn } from "../ui/entries.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Select, Textarea } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { serviceTokensText } from "./service-tokens-text.ts";

/** In this module, so that they load together: a new token must not wait for code that may fail to load. */
export { StackChoice } from "../integration/stack-choice.tsx";
export { SecretOnce } from "../secret/secret-once.tsx";

const { form: text } = serviceTokensText;

export type CreateServiceToken = (
  input: {
    name: string;
    api: string | null;
    trustedProxies: string[];
    localVerification: boolean;
    expiresAt?: string | null;
  },
  key: string,
) => Promise<ActionResult<ServiceTokenWithToken>>;

interface ServiceTokenFormProps {
  apis: { slug: string; name: string }[];
  create: CreateServiceToken;
  onCreated: (created: ServiceTokenWithToken) => void;
  onClose: () => void;
}

/** Creates a service token. */
export function ServiceTokenForm({ apis, create, onCreated, onClose }: ServiceTokenFormProps) {
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm
        attempt={{ form: "service-token", subject: "" }}
        action={(data, key) =>
          withTokenExpiry(data, (expiresAt) =>
            create(
              {
                name: textOf(data, "name"),
                api: textOf(data, "api") || null,
                trustedProxies: entriesIn(textOf(data, "trustedProxies")),
                localVerification: data.get("localVerification") === "on",
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
        <Field name="api" label={text.api} hint={text.apiHint}>
          <Select name="api" defaultValue={apis[0]?.slug ?? ""} className="w-full">
            {apis.map((api) => (
              <option key={api.slug} value={api.slug}>
                {api.name}
              </option>
            ))}
            <option value="">{serviceTokensText.allApis}</option>
          </Select>
        </Field>
        <Field name="trustedProxies" label={text.trustedProxies} optional hint={text.trustedProxiesHint}>
          <Textarea
            data-entries
            name="trustedProxies"
            mono
            rows={2}
            placeholder="10.0.0.0/8"
            spellCheck={false}
          />
        </Field>
        <Checkbox name="localVerification" label={text.localVerification} hint={text.localVerificationHint} />
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
