"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog } from "@base-ui/react/dialog";
import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, useReducer, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { CopyButton } from "../ui/copy.tsx";
import { copyMessages } from "../ui/copy-text.ts";
import { INITIAL_STATE, maskSecret, mayLeave, nextSecretState } from "./state.ts";
import { secretText } from "./text.ts";
import { useLeaveGuard } from "./use-leave-guard.ts";

export interface SecretOnceProps {
  /** The token. It exists only in this dialog and in its caller's state. */
  secret: string;
  /** "Store the secret of checkout server". */
  title: ReactNode;
  /** What it is, in the middle of a sentence: "secret", "service token". */
  noun: string;
  /** What discarding it means: "The key stays, and can only be revoked or rotated." */
  consequence: string;
  /** What to paste: the `.env` line, a working `curl`. Copying a snippet with the token counts as copying the token. */
  snippets: { title: string; code: string }[];
  /** Whether a hash of it is stored. False for webhooks: the portal signs with their secret. */
  hashed?: boolean;
  /** More information for this moment. */
  note?: ReactNode;
  /** Copied, done or discarded: forget the secret. */
  onDone: () => void;
}

/**
 * Shows a token once. "Done" closes it. Unless the token was copied, every other way of leaving asks first:
 * Escape, a click outside, the back button, a reload.
 */
export function SecretOnce({
  secret,
  title,
  noun,
  consequence,
  snippets,
  note,
  hashed = true,
  onDone,
}: SecretOnceProps) {
  const [state, dispatch] = useReducer(nextSecretState, INITIAL_STATE);
  const text = useRef<HTMLElement>(null);
  const copy = useRef<HTMLButtonElement>(null);
  const mask = maskSecret(secret);
  const requestLeave = () => (mayLeave(state) ? onDone() : dispatch({ kind: "leave-requested" }));
  useLeaveGuard(!state.copied, requestLeave);

  const failed = state.outcome !== null && state.outcome !== "copied";
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : requestLeave())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 grid items-end overflow-y-auto sm:items-start sm:px-4 sm:py-[8vh]">
          <Dialog.Popup
            data-secret-once
            initialFocus={copy}
            className="popup mx-auto grid w-full gap-5 p-5 max-sm:rounded-b-none sm:max-w-xl sm:p-6"
          >
            <div className="grid gap-1">
              <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
              <Dialog.Description className="text-muted">
                {secretText.once} {hashed ? secretText.hashed : secretText.sealed}
              </Dialog.Description>
            </div>
            <div className="grid gap-2">
              <div className="flex items-center gap-1 rounded border border-edge bg-canvas py-1.5 pr-1.5 pl-3 max-sm:flex-wrap">
                {/* biome-ignore lint/a11y/useSemanticElements: a scrolling area, not a set of fields */}
                <div
                  role="group"
                  aria-label={secretText.group(noun)}
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when it does not fit
                  tabIndex={0}
                  className="focus-inset flex-1 overflow-x-auto rounded py-1 max-sm:basis-full"
                >
                  <code
                    ref={text}
                    onCopy={() => state.revealed && dispatch({ kind: "copied-manually" })}
                    className="font-mono text-sm whitespace-nowrap"
                  >
                    {state.revealed ? secret : mask}
                  </code>
                </div>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={state.revealed ? secretText.hide(noun) : secretText.show(noun)}
                  aria-pressed={state.revealed}
                  onClick={() => dispatch({ kind: "reveal-toggled" })}
                >
                  {state.revealed ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
                </Button>
                <CopyButton
                  ref={copy}
                  text={secret}
                  label={secretText.copy(noun)}
                  target={text}
                  variant={state.copied ? "secondary" : "primary"}
                  onOutcome={(outcome) => dispatch({ kind: "copy-pressed", outcome })}
                  className="max-sm:flex-1"
                />
              </div>
              <p role="status" className={failed ? "text-sm text-attention" : "text-sm text-muted"}>
                {state.outcome ? copyMessages.outcome[state.outcome] : null}
                {state.outcome || state.revealed ? null : secretText.hidden}
              </p>
            </div>
            {note}
            {snippets.map((snippet) => (
              <CodeBlock
                key={snippet.title}
                title={snippet.title}
                code={snippet.code}
                shown={state.revealed ? undefined : snippet.code.replaceAll(secret, mask)}
                onCopied={() => snippet.code.includes(secret) && dispatch({ kind: "copied-manually" })}
              />
            ))}
            <div className="flex justify-end">
              <Button variant={state.copied ? "primary" : "secondary"} onClick={onDone}>
                {secretText.done}
              </Button>
            </div>
            <ConfirmDiscard
              open={state.confirming}
              noun={noun}
              consequence={consequence}
              onCancel={() => dispatch({ kind: "discard-canceled" })}
              onDiscard={onDone}
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ConfirmDiscardProps {
  open: boolean;
  noun: string;
  consequence: string;
  onCancel: () => void;
  onDiscard: () => void;
}

/** Asks before a secret is lost. The button that goes back has the focus. */
function ConfirmDiscard({ open, noun, consequence, onCancel, onDiscard }: ConfirmDiscardProps) {
  const back = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => (next ? undefined : onCancel())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop forceRender className="fixed inset-0 bg-scrim" />
        <AlertDialog.Viewport className="fixed inset-0 grid place-items-center px-4">
          <AlertDialog.Popup initialFocus={back} className="popup grid w-full max-w-sm gap-4 p-5">
            <AlertDialog.Title className="text-lg font-semibold">
              {secretText.discard.title(noun)}
            </AlertDialog.Title>
            <AlertDialog.Description className="text-muted">
              {secretText.discard.body} {consequence}
            </AlertDialog.Description>
            <div className="flex flex-wrap justify-end gap-2">
              <Button variant="danger" onClick={onDiscard}>
                {secretText.discard.confirm(noun)}
              </Button>
              <Button ref={back} variant="primary" onClick={onCancel}>
                {secretText.discard.back(noun)}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
