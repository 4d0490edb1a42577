"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useRef } from "react";
import { Button } from "../ui/button.tsx";
import { restrictionsText } from "./text.ts";

const TEXT = restrictionsText.leave;

interface LeaveDraftProps {
  open: boolean;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks before a draft is lost. The button that stays has the focus. */
export function LeaveDraft({ open, onStay, onLeave }: LeaveDraftProps) {
  const stay = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => (next ? undefined : onStay())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 bg-scrim" />
        <AlertDialog.Viewport className="fixed inset-0 grid place-items-center px-4">
          <AlertDialog.Popup initialFocus={stay} className="popup grid w-full max-w-sm gap-4 p-5">
            <AlertDialog.Title className="text-lg font-semibold">{TEXT.title}</AlertDialog.Title>
            <AlertDialog.Description className="text-muted">{TEXT.body}</AlertDialog.Description>
            <div className="flex flex-wrap justify-end gap-2">
              <Button variant="danger" onClick={onLeave}>
                {TEXT.discard}
              </Button>
              <Button ref={stay} variant="primary" onClick={onStay}>
                {TEXT.back}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
