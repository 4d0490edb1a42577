"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, useReducer, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { COPY_WORDS, CopyButton } from "../ui/copy.tsx";
import { LeaveWithout } from "./leave.tsx";
import { masked, mayLeave, nextSecretState, UNSEEN } from "./state.ts";
import { useLeaveGuard } from "./use-leave-guard.ts";

export interface SecretOnceProps {
  /** The token. It lives in this dialog and its caller's state, and nowhere else. */
  secret: string;
  /** "Store the secret of checkout server". */
  title: ReactNode;
  /** What it is, in a sentence that goes on: "secret", "service token". */
  noun: string;
  /** What somebody who gives it up has to do instead. */
  otherwise: string;
  /** The lines it is for, with the token in them: the `.env` line, a `curl` that works as pasted. */
  snippets: { title: string; code: string }[];
  /** What else is to be known at this moment. */
  note?: ReactNode;
  /** Stored, copied or knowingly given up: forget the secret. */
  onDone: () => void;
}

/**
 * A token, the only time it is shown. Closes on "I have stored it"; otherwise, unless it was copied, leaving
 * asks first: by Escape, by a press outside, by the browser's back, by a reload.
 */
export function SecretOnce({ secret, title, noun, otherwise, snippets, note, onDone }: SecretOnceProps) {
  const [state, tell] = useReducer(nextSecretState, UNSEEN);
  const text = useRef<HTMLElement>(null);
  const copy = useRef<HTMLButtonElement>(null);
  const cover = masked(secret);
  const tryToLeave = () => (mayLeave(state) ? onDone() : tell({ kind: "leave-tried" }));
  useLeaveGuard(!state.copied, tryToLeave);

  const failed = state.outcome !== null && state.outcome !== "copied";
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : tryToLeave())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-scrim" />
        <Dialog.Viewport className="fixed inset-0 grid items-end overflow-y-auto sm:items-start sm:px-4 sm:py-[8vh]">
          <Dialog.Popup
            data-secret-once
            initialFocus={copy}
            className="popup mx-auto grid w-full gap-5 p-5 max-sm:rounded-b-none sm:max-w-xl sm:p-6"
          >
            <div className="grid gap-1">
              <Dialog.Title className="text-lg font-semibold break-words">{title}</Dialog.Title>
              <Dialog.Description className="text-muted">
                This is the only time it is shown. Latchkey keeps a fingerprint of it, not the {noun} itself.
              </Dialog.Description>
            </div>
            <div className="grid gap-2">
              <div className="flex items-center gap-1 rounded border border-edge bg-canvas py-1.5 pr-1.5 pl-3 max-sm:flex-wrap">
                {/* biome-ignore lint/a11y/useSemanticElements: a box that scrolls, not a set of fields */}
                <div
                  role="group"
                  aria-label={`The ${noun}`}
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it does not fit
                  tabIndex={0}
                  className="focus-inset flex-1 overflow-x-auto rounded py-1 max-sm:basis-full"
                >
                  <code
                    ref={text}
                    onCopy={() => state.revealed && tell({ kind: "copied-by-hand" })}
                    className="font-mono text-sm whitespace-nowrap"
                  >
                    {state.revealed ? secret : cover}
                  </code>
                </div>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={state.revealed ? `Hide the ${noun}` : `Show the ${noun}`}
                  aria-pressed={state.revealed}
                  onClick={() => tell({ kind: "reveal-toggled" })}
                >
                  {state.revealed ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
                </Button>
                <CopyButton
                  ref={copy}
                  text={secret}
                  label={`Copy the ${noun}`}
                  target={text}
                  variant={state.copied ? "secondary" : "primary"}
                  onOutcome={(outcome) => tell({ kind: "copy-pressed", outcome })}
                  className="max-sm:flex-1"
                />
              </div>
              <p role="status" className={failed ? "text-sm text-attention" : "text-sm text-muted"}>
                {state.outcome ? COPY_WORDS[state.outcome] : "Covered until you copy or show it."}
              </p>
            </div>
            {note}
            {snippets.map((snippet) => (
              <CodeBlock
                key={snippet.title}
                title={snippet.title}
                code={snippet.code}
                shown={state.revealed ? undefined : snippet.code.replaceAll(secret, cover)}
                onCopied={() => tell({ kind: "copied-by-hand" })}
              />
            ))}
            <div className="flex justify-end">
              <Button variant={state.copied ? "primary" : "secondary"} onClick={onDone}>
                I have stored it
              </Button>
            </div>
            <LeaveWithout
              open={state.asking}
              noun={noun}
              otherwise={otherwise}
              onStay={() => tell({ kind: "stayed" })}
              onLeave={onDone}
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
