"use client";

import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import type { InviteToSite } from "./invite-user-dialog.tsx";
import { usersText } from "./users-text.ts";

const InviteUserDialog = dynamic(
  () => import("./invite-user-dialog.tsx").then((module) => module.InviteUserDialog),
  { ssr: false },
);

/** Opens the dialog that invites a user to the site. */
export function InviteUser({ invite }: { invite: InviteToSite }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden />
        {usersText.invite.button}
      </Button>
      {open ? <InviteUserDialog invite={invite} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
