"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { LinkOnce } from "../forms/link-once.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { usersText } from "./users-text.ts";

const text = usersText.invite;

export type InviteToSite = (
  input: { email: string },
  key: string,
) => Promise<ActionResult<{ link: string | null }>>;

interface InviteUserDialogProps {
  invite: InviteToSite;
  onClose: () => void;
}

/** Asks for an email address; then shows the link, or says that it was mailed. */
export function InviteUserDialog({ invite, onClose }: InviteUserDialogProps) {
  const [email, setEmail] = useState("");
  const router = useRouter();
  const [done, setDone] = useState<{ link: string | null } | null>(null);
  if (done === null) {
    return (
      <Dialog open onClose={onClose} title={text.title} description={text.description}>
        <ActionForm
          attempt={{ form: "site-invitation", subject: "" }}
          action={(data, key) => invite({ email: textOf(data, "email") }, key)}
          onDone={(result) => {
            setDone(result);
            router.refresh();
          }}
        >
          <Field name="email" label={text.email}>
            <Input
              type="text"
              inputMode="email"
              value={email}
              onValueChange={setEmail}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          <FormMessage />
          <FormActions>
            <Button onClick={onClose}>{uiText.cancel}</Button>
            <SubmitButton>{text.submit}</SubmitButton>
          </FormActions>
        </ActionForm>
      </Dialog>
    );
  }
  if (done.link === null) {
    return (
      <Dialog open onClose={onClose} title={text.sentTitle(email)}>
        <p className="text-muted">{text.sent}</p>
        <FormActions>
          <Button onClick={onClose}>{uiText.done}</Button>
        </FormActions>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={text.linkTitle(email)}>
      <LinkOnce link={done.link} onDone={onClose}>
        {text.link}
      </LinkOnce>
    </Dialog>
  );
}
