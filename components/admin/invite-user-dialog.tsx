"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ActionResult } from "#domain/result.ts";
import { LinkOnce } from "../forms/link-once.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";

export type InviteToSite = (
  input: { email: string },
  key: string,
) => Promise<ActionResult<{ link: string | null }>>;

interface InviteUserDialogProps {
  invite: InviteToSite;
  onClose: () => void;
}

/** Whom to invite to the site; then the link to pass on, or that it was mailed. */
export function InviteUserDialog({ invite, onClose }: InviteUserDialogProps) {
  const [email, setEmail] = useState("");
  const router = useRouter();
  const [done, setDone] = useState<{ link: string | null } | null>(null);
  if (done === null) {
    return (
      <Dialog
        open
        onClose={onClose}
        title="Invite a person"
        description="They get a link to make an account with this e-mail address. It works once, for seven days."
      >
        <ActionForm
          attempt={{ form: "site-invitation", subject: "" }}
          action={(data, key) => invite({ email: textOf(data, "email") }, key)}
          onDone={(result) => {
            setDone(result);
            router.refresh();
          }}
        >
          <Field name="email" label="E-mail">
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
            <Button onClick={onClose}>Cancel</Button>
            <SubmitButton>Invite</SubmitButton>
          </FormActions>
        </ActionForm>
      </Dialog>
    );
  }
  if (done.link === null) {
    return (
      <Dialog open onClose={onClose} title={`Invited ${email}`}>
        <p className="text-muted">The link went out by mail.</p>
        <FormActions>
          <Button onClick={onClose}>Done</Button>
        </FormActions>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={`Pass this link on to ${email}`}>
      <LinkOnce link={done.link} onDone={onClose}>
        It works once, for seven days, and is not shown again. If it gets lost, invite them anew: the older
        link ends.
      </LinkOnce>
    </Dialog>
  );
}
