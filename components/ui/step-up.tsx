"use client";

import { type ComponentType, createContext, type ReactNode, useContext, useState } from "react";
import type { PasskeyRequest } from "#domain/access/accounts/factors/passkey-check.ts";
import type { PasskeyAnswer } from "#domain/access/accounts/factors/passkey-schema.ts";
import type { ConfirmationMethods } from "#domain/access/accounts/step-up.ts";
import type { ActionResult } from "#domain/errors.ts";

/** The server's part of a confirmation. */
export interface StepUpActions {
  /** How the user can confirm their identity. */
  methods: () => Promise<ActionResult<ConfirmationMethods>>;
  confirm: (input: { password?: string; code?: string }) => Promise<ActionResult<unknown>>;
  startPasskey: () => Promise<ActionResult<PasskeyRequest>>;
  confirmWithPasskey: (input: { challenge: string; answer: PasskeyAnswer }) => Promise<ActionResult<unknown>>;
}

export interface StepUpDialogProps {
  actions: StepUpActions;
  onConfirmed: () => void;
  onCancel: () => void;
}

interface StepUpParts {
  Dialog: ComponentType<StepUpDialogProps>;
  actions: StepUpActions;
}

/** The dialog that asks users to confirm their identity; null on pages without sign-in. */
const StepUpContext = createContext<StepUpParts | null>(null);

/** Whether this is a page for signed-in users, not one before sign-in. */
export function useIsPortal(): boolean {
  return useContext(StepUpContext) !== null;
}

/** Provides the dialog to the forms and buttons of the portal. */
export const StepUpProvider = StepUpContext;

/**
 * Sends an action, and if it requires a recent confirmation of identity, asks for it and sends the same again. The
 * form keeps its input meanwhile. `dialog` must be rendered next to the form, inside the form's own dialog.
 */
export function useStepUp(): {
  withStepUp: <Value>(send: () => Promise<ActionResult<Value>>) => Promise<ActionResult<Value>>;
  dialog: ReactNode;
} {
  const parts = useContext(StepUpContext);
  const [answer, setAnswer] = useState<((confirmed: boolean) => void) | null>(null);
  const withStepUp = async <Value,>(send: () => Promise<ActionResult<Value>>) => {
    const result = await send();
    if (result.ok || !result.stepUp || parts === null) return result;
    const confirmed = await new Promise<boolean>((resolve) => setAnswer(() => resolve));
    setAnswer(null);
    return confirmed ? send() : result;
  };
  const dialog =
    answer === null || parts === null ? null : (
      <parts.Dialog actions={parts.actions} onConfirmed={() => answer(true)} onCancel={() => answer(false)} />
    );
  return { withStepUp, dialog };
}
