"use client";

import { useState, useTransition } from "react";
import type { Key } from "#domain/keys/types.ts";
import { Button } from "../ui/button.tsx";
import type { KeyActions } from "./actions.ts";

interface BackOnProps {
  subject: Pick<Key, "id" | "projectId">;
  kind: "restore" | "enable";
  actions: Pick<KeyActions, "update" | "restore">;
}

/** Brings a key back to work. Nothing is lost by it, so it does not ask. */
export function BackOn({ subject, kind, actions }: BackOnProps) {
  const [pending, start] = useTransition();
  const [fault, setFault] = useState<string | null>(null);
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const press = () =>
    start(async () => {
      const result = await (kind === "restore"
        ? actions.restore(ref)
        : actions.update({ ...ref, enabled: true }));
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
        {kind === "restore" ? "Restore key" : "Switch on"}
      </Button>
    </span>
  );
}
