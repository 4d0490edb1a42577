"use client";

import { type ReactNode, useTransition } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { callAction } from "../ui/attempt.tsx";
import { Button, type ButtonSize, type ButtonVariant } from "../ui/button.tsx";
import { FailureText } from "../ui/failure-text.tsx";
import { useStepUp } from "../ui/step-up.tsx";
import { uiText } from "../ui/text.ts";
import { toast } from "../ui/toast.ts";

interface ActionButtonProps<Value> {
  children: ReactNode;
  /** The accessible name when several buttons of a page have the same label: "Enable Badges". */
  about?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** A server action, its input bound to it. */
  action: () => Promise<ActionResult<Value>>;
  onDone?: (value: Value) => void;
}

/** Runs a harmless action immediately. An error is shown in a toast, and `onDone` is called after success. */
export function ActionButton<Value>({
  children,
  about,
  variant,
  size,
  action,
  onDone,
}: ActionButtonProps<Value>) {
  const [pending, start] = useTransition();
  const { withStepUp, dialog } = useStepUp();
  const press = () =>
    start(async () => {
      const result = await withStepUp(() => callAction(action));
      if (result.ok) onDone?.(result.value);
      else toast(about ? uiText.failedAbout(about) : uiText.failed, <FailureText {...result} />);
    });
  return (
    <>
      <Button variant={variant} size={size} pending={pending} aria-label={about} onClick={press}>
        {children}
      </Button>
      {dialog}
    </>
  );
}
