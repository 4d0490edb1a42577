"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { usersText } from "./users-text.ts";

const text = usersText.user.reset;

// Loaded before the reset: without the dialog, the link would be lost.
const loadSent = () => import("./password-reset-sent.tsx");
const PasswordResetSent = lazyInBrowser(() => loadSent().then((module) => module.PasswordResetSent));

interface ResetPasswordProps {
  email: string;
  reset: () => Promise<ActionResult<{ link: string | null }>>;
}

/** Sends a user a link to choose a new password, or shows the link if it could not be mailed. */
export function ResetPassword({ email, reset }: ResetPasswordProps) {
  const [sent, setSent] = useState<{ link: string | null } | null>(null);
  return (
    <>
      <ConfirmButton
        label={text.label}
        title={text.title(email)}
        confirm={text.confirm}
        harmless
        action={async () => {
          await loadSent();
          return reset();
        }}
        onDone={setSent}
      >
        <p>{text.effect}</p>
      </ConfirmButton>
      {sent === null ? null : (
        <PasswordResetSent email={email} link={sent.link} onClose={() => setSent(null)} />
      )}
    </>
  );
}
