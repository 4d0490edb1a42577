"use client";

import type { EnableResult } from "#domain/catalog/enablement/schema.ts";
import type { ActionFailure, ActionResult } from "#domain/errors.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import type { ButtonVariant } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Textarea } from "../ui/input.tsx";
import { toast } from "../ui/toast.ts";
import { enableText as text } from "./enable-text.ts";

export type EnableAction = (input: {
  projectId: string;
  slug: string;
  reason?: string;
}) => Promise<ActionResult<EnableResult>>;

interface EnableButtonProps {
  projectId: string;
  api: { slug: string; name: string };
  variant?: ButtonVariant;
  enable: EnableAction;
}

/** Enables an open API for a project, and offers to create a key. */
export function EnableButton({ projectId, api, variant, enable }: EnableButtonProps) {
  return (
    <ActionButton
      size="sm"
      variant={variant}
      about={text.enableLabel(api.name)}
      action={() => enable({ projectId, slug: api.slug })}
      onDone={({ status }) => status === "enabled" && offerKey(projectId, api.name)}
    >
      {text.enable}
    </ActionButton>
  );
}

interface RequestButtonProps extends EnableButtonProps {
  /** Whether an earlier request was declined. */
  again?: boolean;
}

/** Asks for access to an API that needs approval, with a reason for the administrator who decides. */
export function RequestButton({ projectId, api, variant, again = false, enable }: RequestButtonProps) {
  const label = again ? text.requestAgain : text.request;
  return (
    <ConfirmButton
      size="sm"
      variant={variant}
      label={`${label}…`}
      about={`${label}: ${api.name}`}
      title={text.requestTitle(api.name)}
      confirm={text.request}
      harmless
      fields={<ReasonField />}
      action={async (data) => {
        const reason = textOf(data, "reason").trim();
        return reason === "" ? noReason() : enable({ projectId, slug: api.slug, reason });
      }}
      onDone={({ status }) => {
        // An administrator's own request needs no approval.
        if (status === "enabled") offerKey(projectId, api.name);
      }}
    >
      <p>{text.requestEffect}</p>
    </ConfirmButton>
  );
}

/** Why the project needs the API. */
export function ReasonField() {
  return (
    <Field name="reason" label={text.reason} hint={text.reasonHint}>
      <Textarea maxLength={500} />
    </Field>
  );
}

/** The error for a request without a reason, which the API accepts because older clients send none. */
export function noReason(): ActionFailure {
  const message = text.reasonMissing;
  return { ok: false, code: "invalid", message, errors: [{ path: "reason", message }] };
}

/** Says that an API is enabled, with a button that leads to the next step. */
export function offerKey(projectId: string, api: string): void {
  toast(text.enabled(api), text.enabledNext, {
    label: text.createKey,
    href: `/projects/${projectId}/keys?new=1`,
  });
}
