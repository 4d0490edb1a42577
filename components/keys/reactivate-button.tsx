"use client";

import { useState, useTransition } from "react";
import type { LeakAction } from "#domain/access/policies/schema.ts";
import type { ActionFailure } from "#domain/errors.ts";
import type { Key } from "#domain/keys/schema.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { callAction } from "../ui/attempt.tsx";
import { Button } from "../ui/button.tsx";
import { FailureText } from "../ui/failure-text.tsx";
import type { KeyActions } from "./actions.ts";
import { keysText, type ReactivateKind, reactivateLeakedText } from "./text.ts";

interface ReactivateButtonProps {
  subject: Pick<Key, "id" | "projectId" | "name">;
  kind: ReactivateKind;
  /** The site's policy for leaked keys when a secret that has not lapsed was found in public; else null. */
  leaked: LeakAction | null;
  /** Why the reader may not reactivate it, and who can; null when they may. */
  blocked: string | null;
  actions: Pick<KeyActions, "update" | "restore">;
}

/** Enables or restores a key. Asks first only when a secret leaked: otherwise nothing can be lost. */
export function ReactivateButton({ subject, kind, leaked, blocked, actions }: ReactivateButtonProps) {
  const [pending, start] = useTransition();
  const [error, setError] = useState<ActionFailure | null>(null);
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const reactivate = () =>
    kind === "restore" ? actions.restore(ref) : actions.update({ ...ref, enabled: true });
  const label = kind === "restore" ? keysText.menu.restore : keysText.menu.enable;
  if (blocked) {
    return (
      <span data-tip={blocked} className="relative">
        <Button size="sm" disabled aria-label={`${label}: ${blocked}`}>
          {label}
        </Button>
      </span>
    );
  }
  if (leaked) {
    const { title, confirm, body } = reactivateLeakedText(kind, leaked);
    return (
      <ConfirmButton
        size="sm"
        label={`${confirm}…`}
        title={title(subject.name)}
        confirm={confirm}
        action={reactivate}
      >
        <p>{body}</p>
      </ConfirmButton>
    );
  }
  const submit = () =>
    start(async () => {
      const result = await callAction(reactivate);
      setError(result.ok ? null : result);
    });
  return (
    <span className="flex flex-wrap items-center gap-3">
      {error ? (
        <span role="alert" className="text-bad">
          <FailureText {...error} />
        </span>
      ) : null}
      <Button size="sm" pending={pending} onClick={submit}>
        {label}
      </Button>
    </span>
  );
}
