"use client";

import { type ReactNode, useMemo } from "react";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { type StepUpActions, StepUpProvider } from "../ui/step-up.tsx";

const StepUpDialog = lazyInBrowser(() =>
  import("./step-up-dialog.tsx").then((module) => module.StepUpDialog),
);

/** Lets the forms of the portal ask users to confirm their identity. The dialog is loaded on demand. */
export function StepUp({
  methods,
  confirm,
  startPasskey,
  confirmWithPasskey,
  children,
}: StepUpActions & { children: ReactNode }) {
  const parts = useMemo(
    () => ({ Dialog: StepUpDialog, actions: { methods, confirm, startPasskey, confirmWithPasskey } }),
    [methods, confirm, startPasskey, confirmWithPasskey],
  );
  return <StepUpProvider value={parts}>{children}</StepUpProvider>;
}
