"use client";

import { UserPlus } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import { useNewParam } from "../ui/use-url-state.ts";
import type { InviteToSite } from "./invite-user-dialog.tsx";
import { usersText } from "./users-text.ts";

const load = () => import("./invite-user-dialog.tsx");
const InviteUserDialog = lazyInBrowser(() => load().then((module) => module.InviteUserDialog));

/** Opens the dialog that invites a user to the site. */
export function InviteUser({ invite }: { invite: InviteToSite }) {
  const { open, show, hide } = useNewParam();
  return (
    <>
      <Button {...preloadOn(load)} variant="primary" aria-haspopup="dialog" data-create onClick={show}>
        <UserPlus aria-hidden />
        {usersText.invite.button}
      </Button>
      {open ? <InviteUserDialog invite={invite} onClose={hide} /> : null}
    </>
  );
}
