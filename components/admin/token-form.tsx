"use client";

import type { ServiceTokenWithToken } from "#domain/access/service-tokens/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Select, Textarea } from "../ui/input.tsx";

export type CreateToken = (
  input: {
    name: string;
    api: string | null;
    trustedProxies: string[];
  },
  key: string,
) => Promise<ActionResult<ServiceTokenWithToken>>;

interface TokenFormProps {
  apis: { slug: string; name: string }[];
  create: CreateToken;
  onCreated: (made: ServiceTokenWithToken) => void;
  onClose: () => void;
}

/** What a service token is for. */
export function TokenForm({ apis, create, onCreated, onClose }: TokenFormProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="New service token"
      description="A service or a gateway asks with it whether a caller's key is valid."
    >
      <ActionForm
        attempt={{ form: "service-token", subject: "" }}
        action={(data, key) =>
          create(
            {
              name: textOf(data, "name"),
              api: textOf(data, "api") || null,
              trustedProxies: textOf(data, "trustedProxies")
                .split(/[\s,]+/)
                .filter(Boolean),
            },
            key,
          )
        }
        onDone={onCreated}
      >
        <Field name="name" label="Name" hint="The service that will hold it: badges in production.">
          <Input maxLength={100} autoComplete="off" />
        </Field>
        <Field
          name="api"
          label="May ask about"
          hint="Bound to one API, a token that leaks tells nothing about the others."
        >
          <Select name="api" defaultValue={apis[0]?.slug ?? ""} className="w-full">
            {apis.map((api) => (
              <option key={api.slug} value={api.slug}>
                {api.name}
              </option>
            ))}
            <option value="">Every API</option>
          </Select>
        </Field>
        <Field
          name="trustedProxies"
          label="Trusted proxies"
          optional
          hint="For gateways: addresses or networks whose X-Forwarded-For counts, one a line."
        >
          <Textarea name="trustedProxies" mono rows={2} placeholder="10.0.0.0/8" spellCheck={false} />
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
