"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ProjectRole } from "#db/tables/projects.ts";
import type { InvitationResult } from "#domain/access/members/types.ts";
import type { ActionResult } from "#domain/result.ts";
import { LinkOnce } from "../forms/link-once.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { DateTime } from "../ui/time.tsx";
import { RoleField } from "./roles.tsx";

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

/** Whom to invite, as what; then the link to pass on, or that it was mailed. */
export function InviteDialog({ projectId, invite, onClose }: InviteDialogProps) {
  const router = useRouter();
  const [done, setDone] = useState<InvitationResult | null>(null);
  if (done) return <Invited result={done} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Invite a member"
      description="They get a link that works once, for seven days, signed in with this e-mail address."
    >
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
        <Field name="email" label="E-mail">
          <Input type="text" inputMode="email" autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Field>
        <RoleField initial="developer" />
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Invite</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

function Invited({ result, onClose }: { result: InvitationResult; onClose: () => void }) {
  const { invitation, link } = result;
  if (link === null) {
    return (
      <Dialog open onClose={onClose} title={`Invited ${invitation.email}`}>
        <p className="text-muted">
          The link went out by mail. The invitation waits among the pending ones below.
        </p>
        <div className="flex justify-end">
          <Button onClick={onClose}>Done</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={`Pass this link on to ${invitation.email}`}>
      <LinkOnce link={link} onDone={onClose}>
        It works once, until <DateTime at={invitation.expiresAt} />, and is not shown again. If it gets lost,
        invite them anew: the older link ends.
      </LinkOnce>
    </Dialog>
  );
}
