"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { buttonClass } from "./button.tsx";
import { uiText } from "./text.ts";
import { subscribeToToasts, type ToastMessage } from "./toast.ts";

const SHOWN_MS = 7_000;
/** A message with a button stays long enough to read it and to reach the button by keyboard (F6). */
const UNDO_MS = 12_000;
const MAX_SHOWN = 4;

/** The visible toasts. */
export function ToastList() {
  return (
    <Toast.Provider timeout={SHOWN_MS} limit={MAX_SHOWN}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={uiText.notifications}
          // On a phone dialogs and their buttons are at the bottom.
          className="fixed inset-x-4 top-16 z-50 grid gap-2 sm:top-auto sm:bottom-4 sm:left-auto sm:w-90"
        >
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts() {
  const { toasts, add, close } = Toast.useToastManager();
  const router = useRouter();
  const path = usePathname();
  const leading = useRef<string[]>([]);
  useEffect(() => {
    const show = ({ action, ...message }: ToastMessage) => {
      if (!action) return void add(message);
      const run = () => {
        close(id);
        if ("href" in action) router.push(action.href);
        else action.run();
      };
      const actionProps = { children: action.label, onClick: run };
      const id = add({ ...message, timeout: UNDO_MS, actionProps });
      if ("href" in action) leading.current.push(id);
    };
    return subscribeToToasts(show);
  }, [add, close, router]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page changes
  useEffect(() => {
    for (const id of leading.current.splice(0)) close(id);
  }, [path, close]);
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      // Base UI's default is a dialog, which users of screen readers expect only after they opened one.
      role="group"
      // biome-ignore lint/a11y/useValidAriaValues: removes Base UI's attribute, which only a dialog may have
      aria-modal={undefined}
      className="popup flex w-full items-start gap-2 py-2.5 pr-2 pl-3 text-sm data-limited:hidden"
    >
      <Toast.Content className="min-w-0 flex-1">
        <Toast.Title render={<p />} />
        <Toast.Description render={<div />} className="text-muted" />
      </Toast.Content>
      <Toast.Action className={buttonClass({ size: "sm" }, "h-7")} />
      <Toast.Close
        aria-label={uiText.dismiss}
        // Base UI hides it while a stack of toasts is collapsed. Ours is a list that shows them all.
        aria-hidden={undefined}
        className="focus-inset grid size-6 shrink-0 place-content-center rounded text-muted hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </Toast.Close>
    </Toast.Root>
  ));
}
