"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { AttemptOf } from "../ui/attempt.tsx";
import { Button, type ButtonSize, type ButtonVariant } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { toast } from "../ui/toast.ts";

const ConfirmDialog = lazyInBrowser(() => import("../ui/confirm.tsx").then((module) => module.ConfirmDialog));

interface ConfirmButtonProps<Value> {
  /** The visible label. */
  label: ReactNode;
  /** The accessible name when several buttons of a page have the same label. */
  about?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  disabled?: boolean;
  /** A question that names the item. */
  title: ReactNode;
  /** The consequence, in numbers where there are any. */
  children: ReactNode;
  /** Further input that the action needs, such as a reason or a role. */
  fields?: ReactNode;
  /** The label of the dialog's button: "Remove member". */
  confirm: string;
  /** A server action with its input bound; the values of `fields` follow as form data. */
  action: (data: FormData, key: string) => Promise<ActionResult<Value>>;
  /** As for `ActionForm`: for an action that creates or replaces something. */
  attempt?: AttemptOf;
  harmless?: boolean;
  typeToConfirm?: string;
  onDone?: (value: Value) => void;
  /** The page to open after success. */
  goTo?: string;
  /** A toast after success, when the page itself does not show the result. */
  notice?: { message: string; description: ReactNode };
}

/** A button that asks for confirmation. The dialog is loaded on demand. */
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
}: ConfirmButtonProps<Value>) {
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
            // Loading the component dynamically loses its type parameter.
            onDone?.(value as Value);
            if (notice) toast(notice.message, notice.description);
            if (goTo) router.push(goTo);
          }}
        />
      ) : null}
    </>
  );
}
