"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { ActionResult } from "#domain/result.ts";
import type { AttemptOf } from "../ui/attempt.ts";
import { Button, type ButtonSize, type ButtonVariant } from "../ui/button.tsx";
import { toast } from "../ui/toaster.tsx";

const ConfirmDialog = dynamic(() => import("../ui/confirm.tsx").then((module) => module.ConfirmDialog), {
  ssr: false,
});

interface AskButtonProps<Value> {
  /** What the button says; ends in what it does. */
  label: ReactNode;
  /** The label with the thing's name, where several buttons of a page say the same. */
  about?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  disabled?: boolean;
  /** A question that names the thing. */
  title: ReactNode;
  /** The consequence, in numbers where there are any. */
  children: ReactNode;
  /** What the action wants to know besides: a reason, another role. */
  fields?: ReactNode;
  /** What the dialog's button does: "Remove member". */
  confirm: string;
  /** A server action, its input bound to it; the fields come as form data behind that. */
  action: (data: FormData, key: string) => Promise<ActionResult<Value>>;
  /** As for `ActionForm`: for what creates or replaces something. */
  attempt?: AttemptOf;
  harmless?: boolean;
  typeToConfirm?: string;
  onDone?: (value: Value) => void;
  /** The page to go to when it is done; else this one is read anew. */
  goTo?: string;
  /** What is said when it is done, where that can't be seen on the page. */
  notice?: { message: string; description: ReactNode };
}

/** A button that asks before it does. The dialog is loaded when it is wanted. */
export function ConfirmButton<Value>({
  label,
  about,
  variant,
  size,
  disabled,
  goTo,
  notice,
  onDone,
  ...dialog
}: AskButtonProps<Value>) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <Button
        variant={variant}
        size={size}
        disabled={disabled}
        aria-label={about}
        aria-haspopup="dialog"
        onPointerEnter={() => setWanted(true)}
        onFocus={() => setWanted(true)}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        {label}
      </Button>
      {wanted ? (
        <ConfirmDialog
          {...dialog}
          open={open}
          onClose={() => setOpen(false)}
          onDone={(value) => {
            // The dialog is loaded later, by which its type is lost.
            onDone?.(value as Value);
            if (notice) toast(notice.message, notice.description);
            if (goTo) router.push(goTo);
          }}
        />
      ) : null}
    </>
  );
}
