"use client";

import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import type { Invite } from "./invite-dialog.tsx";
import { membersText } from "./text.ts";

const InviteDialog = dynamic(() => import("./invite-dialog.tsx").then((module) => module.InviteDialog), {
  ssr: false,
});

/** Opens the dialog that invites a person to the project. Separate, so that the dialog is loaded on demand. */
export function InviteButton({ projectId, invite }: { projectId: string; invite: Invite }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden />
        {membersText.invite.button}
      </Button>
      {open ? <InviteDialog projectId={projectId} invite={invite} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
