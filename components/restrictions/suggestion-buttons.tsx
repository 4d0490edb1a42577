"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Key } from "#domain/keys/schema.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { Button } from "../ui/button.tsx";
import { toast } from "../ui/toast.ts";
import type { RestrictionActions } from "./actions.ts";

const ConfirmDialog = dynamic(() => import("../ui/confirm.tsx").then((module) => module.ConfirmDialog), {
  ssr: false,
});

interface SuggestionButtonsProps {
  subject: Pick<Key, "id" | "projectId" | "name" | "restrictions" | "trial">;
  restrictions: Restrictions;
  /** It refuses nothing more than is refused already. */
  harmless: boolean;
  /** What it would have done, in numbers. */
  words: string;
  update: RestrictionActions["update"];
}

/** Tries what is suggested, or makes it real after saying in numbers what that does. */
export function SuggestionButtons({
  subject,
  restrictions,
  harmless,
  words,
  update,
}: SuggestionButtonsProps) {
  const [asking, setAsking] = useState(false);
  const router = useRouter();
  const { id: keyId, projectId, name, restrictions: stored, trial } = subject;
  // It was made from what the key has: where that is something else by now, nothing is saved.
  const ref = { projectId, keyId, expected: { restrictions: stored, trial } };
  const save = async (change: Parameters<typeof update>[0]) => {
    const result = await update(change);
    if (!result.ok && result.code === "conflict") router.refresh();
    return result;
  };
  const restrict = async () => {
    const result = await save({ ...ref, restrictions });
    // With what is there now the suggestion may be gone, and the dialog with it: the message must not be.
    if (!result.ok && result.code === "conflict") toast(`${name} was not changed.`, result.message);
    return result;
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAsking(true)}>Restrict to this</Button>
      <ActionButton action={() => save({ ...ref, trial: restrictions })} about="Try it first, as suggested">
        Try it first
      </ActionButton>
      {asking ? (
        <ConfirmDialog
          open
          onClose={() => setAsking(false)}
          title={`Restrict ${name} to this?`}
          confirm="Restrict key"
          harmless={harmless}
          action={restrict}
          onDone={() => {
            setAsking(false);
            router.refresh();
          }}
        >
          <p className="font-medium text-ink">{words}</p>
          <p>Calls from anywhere else will be refused everywhere within a second.</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
