"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { buttonClass } from "./button.tsx";
import { uiText } from "./text.ts";

interface DialogProps {
  open: boolean;
  /** Called on Escape or the ×. The dialog stays open until `open` changes. */
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  /** Without the ×, for a dialog that only its own buttons may close. */
  hideClose?: boolean;
  wide?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/**
 * A modal dialog. Focus stays inside and returns when it closes. On a phone it covers the lower part. A click outside
 * does not close it, because that would discard its input.
 */
export function Dialog({
  open,
  onClose,
  title,
  description,
  hideClose,
  wide,
  initialFocus,
  children,
}: DialogProps) {
  return (
    <Base.Root open={open} disablePointerDismissal onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        {/* Also inside another dialog, so that the outer one doesn't look as if it could be used. */}
        <Base.Backdrop
          forceRender
          className="fixed inset-0 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
        />
        <Base.Viewport className="fixed inset-0 grid items-end overflow-y-auto sm:items-start sm:px-4 sm:pt-[8vh]">
          <Base.Popup
            initialFocus={initialFocus}
            className={clsx(
              // A margin, because a sticky footer would stop above the padding of the viewport.
              "popup relative mx-auto grid w-full min-w-0 gap-5 p-5 max-sm:rounded-b-none max-sm:border-x-0 max-sm:border-b-0 sm:mb-[8vh] sm:p-6",
              wide ? "sm:max-w-2xl" : "sm:max-w-lg",
            )}
          >
            <div className={clsx("grid gap-1", !hideClose && "pr-8")}>
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description ? (
                <Base.Description className="text-sm text-muted">{description}</Base.Description>
              ) : null}
            </div>
            {children}
            {hideClose ? null : (
              <Base.Close
                aria-label={uiText.close}
                className={buttonClass({ variant: "ghost", size: "icon" }, "absolute top-3 right-3")}
              >
                <X aria-hidden />
              </Base.Close>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
