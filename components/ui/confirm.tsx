"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { type ReactNode, useState } from "react";
import { cleanLine, hasVisibleText } from "#core/text.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { AttemptOf } from "./attempt.tsx";
import { buttonClass } from "./button.tsx";
import { Field } from "./field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton } from "./form.tsx";
import { Input } from "./input.tsx";
import { uiText } from "./text.ts";

interface ConfirmDialogProps<Value> {
  open: boolean;
  onClose: () => void;
  /** A question that names the object: "Revoke checkout server?" */
  title: ReactNode;
  /** The consequence, in numbers where there are any. */
  children: ReactNode;
  /** The label of the button, which says what it does: "Revoke key". */
  confirm: string;
  action: (data: FormData, key: string) => Promise<ActionResult<Value>>;
  /** As for `ActionForm`: for an action that creates or replaces something. */
  attempt?: AttemptOf;
  onDone: (value: Value) => void;
  /** Further input that the action needs, such as a reason or a role. */
  fields?: ReactNode;
  /** Not destructive: the button has the accent color. */
  harmless?: boolean;
  /** For actions that can't be undone: the text that must be typed first. */
  typeToConfirm?: string;
}

/** The part of a name that can be typed: older names may contain control characters, or nothing visible. */
function typeablePart(name: string): string {
  return hasVisibleText(name) ? cleanLine(name) : "delete";
}

/** Asks before a destructive action. "Cancel" has the focus. Errors of the action are shown in the dialog. */
export function ConfirmDialog<Value>(props: ConfirmDialogProps<Value>) {
  const {
    open,
    onClose,
    title,
    children,
    confirm,
    action,
    attempt,
    onDone,
    fields,
    harmless,
    typeToConfirm,
  } = props;
  const toType = typeToConfirm === undefined ? undefined : typeablePart(typeToConfirm);
  const [typed, setTyped] = useState("");
  const close = () => {
    setTyped("");
    onClose();
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => (next ? undefined : close())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Viewport className="fixed inset-0 grid items-end overflow-y-auto sm:items-start sm:px-4 sm:pt-[12vh]">
          <AlertDialog.Popup className="popup mx-auto grid w-full gap-5 p-5 max-sm:rounded-b-none sm:mb-[12vh] sm:max-w-md sm:p-6">
            <AlertDialog.Title className="text-lg font-semibold">
              {/* A direction override in an older name would move the question mark behind it. */}
              {typeof title === "string" ? cleanLine(title) : title}
            </AlertDialog.Title>
            <AlertDialog.Description render={<div />} className="grid gap-3 text-muted">
              {children}
            </AlertDialog.Description>
            <ActionForm
              action={action}
              attempt={attempt}
              onDone={(value) => {
                onDone(value);
                close();
              }}
            >
              {fields}
              {toType !== undefined ? (
                <Field name="confirmation" label={uiText.typeToConfirm(toType)}>
                  <Input value={typed} onValueChange={setTyped} autoComplete="off" />
                </Field>
              ) : null}
              <FormMessage />
              <FormActions>
                <AlertDialog.Close className={buttonClass()}>{uiText.cancel}</AlertDialog.Close>
                <SubmitButton
                  variant={harmless ? "primary" : "danger"}
                  disabled={toType !== undefined && cleanLine(typed) !== toType}
                >
                  {confirm}
                </SubmitButton>
              </FormActions>
            </ActionForm>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
