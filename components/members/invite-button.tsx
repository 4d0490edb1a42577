"use client";

import { UserPlus } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import { useNewParam } from "../ui/use-url-state.ts";
import type { Invite } from "./invite-dialog.tsx";
import { membersText } from "./text.ts";

const load = () => import("./invite-dialog.tsx");
const InviteDialog = lazyInBrowser(() => load().then((module) => module.InviteDialog));

/** Opens the dialog that invites a person to the project. Separate, so that the dialog is loaded on demand. */
export function InviteButton({ projectId, invite }: { projectId: string; invite: Invite }) {
  const { open, show, hide } = useNewParam();
  return (
    <>
      <Button {...preloadOn(load)} variant="primary" aria-haspopup="dialog" data-create onClick={show}>
        <UserPlus aria-hidden />
        {membersText.invite.button}
      </Button>
      {open ? <InviteDialog projectId={projectId} invite={invite} onClose={hide} /> : null}
    </>
  );
}
