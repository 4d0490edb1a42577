"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ProjectRole } from "#db/tables/projects.ts";
import type { InvitationResult } from "#domain/access/members/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { LinkOnce } from "../forms/link-once.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { DateTime } from "../ui/time.tsx";
import { RoleField } from "./role-field.tsx";
import { membersText } from "./text.ts";

const text = membersText.invite;

export type Invite = (
  input: {
    projectId: string;
    email: string;
    role: ProjectRole;
  },
  key: string,
) => Promise<ActionResult<InvitationResult>>;

interface InviteDialogProps {
  projectId: string;
  invite: Invite;
  onClose: () => void;
}

/** Asks for an email address and a role; then shows the link, or says that it was mailed. */
export function InviteDialog({ projectId, invite, onClose }: InviteDialogProps) {
  const router = useRouter();
  const [done, setDone] = useState<InvitationResult | null>(null);
  if (done) return <Invited result={done} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={text.title} description={text.description}>
      <ActionForm
        attempt={{ form: "project-invitation", subject: projectId }}
        action={(data, key) =>
          invite({ projectId, email: textOf(data, "email"), role: textOf(data, "role") as ProjectRole }, key)
        }
        onDone={(result) => {
          setDone(result);
          router.refresh();
        }}
      >
        <Field name="email" label={text.email}>
          <Input type="text" inputMode="email" autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Field>
        <RoleField initial="developer" />
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{text.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

function Invited({ result, onClose }: { result: InvitationResult; onClose: () => void }) {
  const { invitation, link } = result;
  if (link === null) {
    return (
      <Dialog open onClose={onClose} title={text.sentTitle(invitation.email)}>
        <p className="text-muted">{text.sent}</p>
        <div className="flex justify-end">
          <Button onClick={onClose}>{uiText.done}</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={text.linkTitle(invitation.email)}>
      <LinkOnce link={link} onDone={onClose}>
        {text.linkBefore}
        <DateTime at={invitation.expiresAt} />
        {text.linkAfter}
      </LinkOnce>
    </Dialog>
  );
}
