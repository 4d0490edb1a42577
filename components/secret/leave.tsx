"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useRef } from "react";
import { Button } from "../ui/button.tsx";

interface LeaveWithoutProps {
  open: boolean;
  noun: string;
  otherwise: string;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks those who are about to lose a secret. Staying has the focus. */
export function LeaveWithout({ open, noun, otherwise, onStay, onLeave }: LeaveWithoutProps) {
  const stay = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => (next ? undefined : onStay())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop forceRender className="fixed inset-0 bg-scrim" />
        <AlertDialog.Viewport className="fixed inset-0 grid place-items-center px-4">
          <AlertDialog.Popup initialFocus={stay} className="popup grid w-full max-w-sm gap-4 p-5">
            <AlertDialog.Title className="text-lg font-semibold">Leave without the {noun}?</AlertDialog.Title>
            <AlertDialog.Description className="text-muted">
              It was not copied, and nobody can show it again. {otherwise}
            </AlertDialog.Description>
            <div className="flex flex-wrap justify-end gap-2">
              <Button variant="danger" onClick={onLeave}>
                Give it up
              </Button>
              <Button ref={stay} variant="primary" onClick={onStay}>
                Back to the {noun}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
