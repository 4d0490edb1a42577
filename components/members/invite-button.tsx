"use client";

import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "../ui/button.tsx";
import { useNewParam } from "../ui/use-url-state.ts";
import type { Invite } from "./invite-dialog.tsx";
import { membersText } from "./text.ts";

const InviteDialog = dynamic(() => import("./invite-dialog.tsx").then((module) => module.InviteDialog), {
  ssr: false,
});

/** Opens the dialog that invites a person to the project. Separate, so that the dialog is loaded on demand. */
export function InviteButton({ projectId, invite }: { projectId: string; invite: Invite }) {
  const { open, show, hide } = useNewParam();
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" data-create onClick={show}>
        <UserPlus aria-hidden />
        {membersText.invite.button}
      </Button>
      {open ? <InviteDialog projectId={projectId} invite={invite} onClose={hide} /> : null}
    </>
  );
}
