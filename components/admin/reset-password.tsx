"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { LinkOnce } from "../forms/link-once.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormActions } from "../ui/form.tsx";
import { uiText } from "../ui/text.ts";
import { usersText } from "./users-text.ts";

const text = usersText.user.reset;

interface ResetPasswordProps {
  email: string;
  reset: () => Promise<ActionResult<{ link: string | null }>>;
}

/** Sends a user a link to choose a new password, or shows the link if it could not be mailed. */
export function ResetPassword({ email, reset }: ResetPasswordProps) {
  const [sent, setSent] = useState<{ link: string | null } | null>(null);
  const close = () => setSent(null);
  return (
    <>
      <ConfirmButton
        label={text.label}
        title={text.title(email)}
        confirm={text.confirm}
        harmless
        action={reset}
        onDone={setSent}
      >
        <p>{text.effect}</p>
      </ConfirmButton>
      {sent === null ? null : sent.link === null ? (
        <Dialog open onClose={close} title={text.sentTitle(email)}>
          <p className="text-muted">{text.sent}</p>
          <FormActions>
            <Button onClick={close}>{uiText.done}</Button>
          </FormActions>
        </Dialog>
      ) : (
        <Dialog open onClose={close} title={text.linkTitle(email)}>
          <LinkOnce link={sent.link} onDone={close}>
            {text.link}
          </LinkOnce>
        </Dialog>
      )}
    </>
  );
}
