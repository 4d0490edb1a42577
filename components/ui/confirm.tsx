"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { type ReactNode, useState } from "react";
import { cleanLine, hasVisibleText } from "#core/text.ts";
import type { ActionResult } from "#domain/result.ts";
import type { AttemptOf } from "./attempt.ts";
import { buttonClass } from "./button.tsx";
import { Field } from "./field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton } from "./form.tsx";
import { Input } from "./input.tsx";

interface ConfirmDialogProps<Value> {
  open: boolean;
  onClose: () => void;
  /** A question that names the thing: "Revoke checkout server?" */
  title: ReactNode;
  /** The consequence, in numbers where there are any. */
  children: ReactNode;
  /** What the button does, in its words: "Revoke key". */
  confirm: string;
  action: (data: FormData, key: string) => Promise<ActionResult<Value>>;
  /** As for `ActionForm`: for what creates or replaces something. */
  attempt?: AttemptOf;
  onDone: (value: Value) => void;
  /** What the action wants to know besides: a reason, another role. */
  fields?: ReactNode;
  /** Not dangerous: the button is the accent's. */
  harmless?: boolean;
  /** For what can't be undone: this must be typed first. */
  typeToConfirm?: string;
}

/** What can be typed of a name: older ones hold characters that no keyboard has, or nothing that can be seen. */
function typeable(name: string): string {
  return hasVisibleText(name) ? cleanLine(name) : "delete";
}

/** Asks before what hurts. The safe way out has the focus. Faults of the action show here, with the way out open. */
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
  const toType = typeToConfirm === undefined ? undefined : typeable(typeToConfirm);
  const [typed, setTyped] = useState("");
  const close = () => {
    setTyped("");
    onClose();
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => (next ? undefined : close())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Viewport className="fixed inset-0 grid items-end overflow-y-auto sm:items-start sm:px-4 sm:py-[12vh]">
          <AlertDialog.Popup className="popup mx-auto grid w-full gap-5 p-5 max-sm:rounded-b-none sm:max-w-md sm:p-6">
            <AlertDialog.Title className="text-lg font-semibold break-words">
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
                <Field name="confirmation" label={`Type ${toType} to confirm`}>
                  <Input value={typed} onValueChange={setTyped} autoComplete="off" />
                </Field>
              ) : null}
              <FormMessage />
              <FormActions>
                <AlertDialog.Close className={buttonClass()}>Cancel</AlertDialog.Close>
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
