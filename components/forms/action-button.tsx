"use client";

import { type ReactNode, useTransition } from "react";
import type { ActionResult } from "#domain/result.ts";
import { answered } from "../ui/answered.ts";
import { Button, type ButtonSize, type ButtonVariant } from "../ui/button.tsx";
import { toast } from "../ui/toaster.tsx";

interface DoButtonProps {
  children: ReactNode;
  /** What it does with what, where several buttons of a page say the same: "Enable Badges". */
  about?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** A server action, its input bound to it. */
  action: () => Promise<ActionResult<unknown>>;
}

/** Does at once what hurts nobody. What goes wrong is said in a toast, since the button has no room for it. */
export function ActionButton({ children, about, variant, size, action }: DoButtonProps) {
  const [pending, start] = useTransition();
  const press = () =>
    start(async () => {
      const result = await answered(action);
      if (!result.ok) toast(about ? `${about}: this failed.` : "This failed.", result.message);
    });
  return (
    <Button variant={variant} size={size} pending={pending} aria-label={about} onClick={press}>
      {children}
    </Button>
  );
}
