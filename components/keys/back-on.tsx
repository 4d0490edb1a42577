"use client";

import { useState, useTransition } from "react";
import type { LeakAction } from "#domain/access/policies/types.ts";
import type { Key } from "#domain/keys/types.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Button } from "../ui/button.tsx";
import type { KeyActions } from "./actions.ts";
import { type BackKind, leakedBack } from "./leaked-words.ts";

interface BackOnProps {
  subject: Pick<Key, "id" | "projectId" | "name">;
  kind: BackKind;
  /** A secret of it that has not lapsed was found in public: what the site's rule does then; else null. */
  leaked: LeakAction | null;
  /** Why the reader may not bring it back, and who can; null where they may. */
  blocked: string | null;
  actions: Pick<KeyActions, "update" | "restore">;
}

/** Brings a key back to work. It asks only where a secret of it leaked: else nothing is lost by it. */
export function BackOn({ subject, kind, leaked, blocked, actions }: BackOnProps) {
  const [pending, start] = useTransition();
  const [fault, setFault] = useState<string | null>(null);
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const bringBack = () =>
    kind === "restore" ? actions.restore(ref) : actions.update({ ...ref, enabled: true });
  const label = kind === "restore" ? "Restore key" : "Switch on";
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
    const { title, confirm, text } = leakedBack(kind, leaked);
    return (
      <ConfirmButton
        size="sm"
        label={`${confirm}…`}
        title={title(subject.name)}
        confirm={confirm}
        action={bringBack}
      >
        <p>{text}</p>
      </ConfirmButton>
    );
  }
  const press = () =>
    start(async () => {
      const result = await bringBack();
      setFault(result.ok ? null : result.message);
    });
  return (
    <span className="flex flex-wrap items-center gap-3">
      {fault ? (
        <span role="alert" className="text-bad">
          {fault}
        </span>
      ) : null}
      <Button size="sm" pending={pending} onClick={press}>
        {label}
      </Button>
    </span>
  );
}
