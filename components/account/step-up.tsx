"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { type StepUpActions, StepUpProvider } from "../ui/step-up.tsx";

const StepUpDialog = dynamic(() => import("./step-up-dialog.tsx").then((module) => module.StepUpDialog), {
  ssr: false,
});

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
