"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useRef } from "react";
import { Button } from "../ui/button.tsx";

interface LeaveDraftProps {
  open: boolean;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks those who are about to lose a draft. Staying has the focus. */
export function LeaveDraft({ open, onStay, onLeave }: LeaveDraftProps) {
  const stay = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => (next ? undefined : onStay())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 bg-scrim" />
        <AlertDialog.Viewport className="fixed inset-0 grid place-items-center px-4">
          <AlertDialog.Popup initialFocus={stay} className="popup grid w-full max-w-sm gap-4 p-5">
            <AlertDialog.Title className="text-lg font-semibold">Leave without saving?</AlertDialog.Title>
            <AlertDialog.Description className="text-muted">
              The draft is on this page only. The key keeps the restrictions that are saved.
            </AlertDialog.Description>
            <div className="flex flex-wrap justify-end gap-2">
              <Button variant="danger" onClick={onLeave}>
                Drop the draft
              </Button>
              <Button ref={stay} variant="primary" onClick={onStay}>
                Back to the draft
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
