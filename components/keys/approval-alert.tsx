"use client";

import type { Key } from "#domain/keys/schema.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Alert } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Textarea } from "../ui/input.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { ApprovalActions } from "./actions.ts";
import { keysText } from "./text.ts";

const text = keysText.approval;

interface ApprovalAlertProps {
  subject: Pick<Key, "id" | "projectId" | "name" | "approval" | "createdBy">;
  /** Whether the reader is an owner of the project. */
  mayDecide: boolean;
  actions: ApprovalActions;
}

/** Says that a key waits for an approval, and lets owners approve or decline it. */
export function ApprovalAlert({ subject, mayDecide, actions }: ApprovalAlertProps) {
  const { id: keyId, projectId, name, approval, createdBy } = subject;
  if (approval === null) return null;
  return (
    <Alert
      actions={
        mayDecide ? (
          <span className="flex flex-wrap gap-2">
            <ConfirmButton
              size="sm"
              label={text.decline.label}
              title={text.decline.title(name)}
              confirm={text.decline.confirm}
              fields={
                <Field name="reason" label={text.decline.reason} hint={text.decline.reasonHint} optional>
                  <Textarea rows={2} />
                </Field>
              }
              action={(data) => actions.decline({ projectId, keyId, reason: textOf(data, "reason") })}
            >
              <p>{text.decline.body}</p>
            </ConfirmButton>
            <ConfirmButton
              size="sm"
              harmless
              label={text.approve.label}
              title={text.approve.title(name)}
              confirm={text.approve.confirm}
              action={() => actions.approve({ projectId, keyId })}
            >
              <p>{text.approve.body}</p>
            </ConfirmButton>
          </span>
        ) : undefined
      }
    >
      {text.requested(createdBy.name)} <RelativeTime at={approval.at} />. {text.denied}{" "}
      <code className="font-mono">KEY_DISABLED</code>.
    </Alert>
  );
}
