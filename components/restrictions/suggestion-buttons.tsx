"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Key } from "#domain/keys/schema.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { toast } from "../ui/toast.ts";
import { restrictionsText } from "./text.ts";
import type { RestrictionActions } from "./types.ts";

const TEXT = restrictionsText.suggestion;

const ConfirmDialog = lazyInBrowser(() => import("../ui/confirm.tsx").then((module) => module.ConfirmDialog));

interface SuggestionButtonsProps {
  subject: Pick<Key, "id" | "projectId" | "name" | "restrictions" | "trial">;
  restrictions: Restrictions;
  /** It denies no additional requests. */
  harmless: boolean;
  /** The impact on recent traffic. */
  impact: string;
  update: RestrictionActions["update"];
}

/** Saves the suggestion as report-only, or enforces it after showing the impact. */
export function SuggestionButtons({
  subject,
  restrictions,
  harmless,
  impact,
  update,
}: SuggestionButtonsProps) {
  const [confirming, setConfirming] = useState(false);
  const router = useRouter();
  const { id: keyId, projectId, name, restrictions: stored, trial } = subject;
  // The suggestion is based on these restrictions: if they have changed since, nothing is saved.
  const ref = { projectId, keyId, expected: { restrictions: stored, trial } };
  const save = async (change: Parameters<typeof update>[0]) => {
    const result = await update(change);
    if (!result.ok && result.code === "conflict") router.refresh();
    return result;
  };
  const restrict = async () => {
    const result = await save({ ...ref, restrictions });
    // After the refresh the suggestion and its dialog may be gone: a toast keeps the message visible.
    if (!result.ok && result.code === "conflict") toast(TEXT.unchanged(name), result.message);
    return result;
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setConfirming(true)}>{TEXT.restrict}</Button>
      <ActionButton action={() => save({ ...ref, trial: restrictions })} about={TEXT.reportOnlyLabel}>
        {restrictionsText.save.reportOnly}
      </ActionButton>
      {confirming ? (
        <ConfirmDialog
          open
          onClose={() => setConfirming(false)}
          title={TEXT.confirmTitle(name)}
          confirm={TEXT.confirm}
          harmless={harmless}
          action={restrict}
          onDone={() => {
            setConfirming(false);
            router.refresh();
          }}
        >
          <p className="font-medium text-ink">{impact}</p>
          <p>{TEXT.consequence}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
