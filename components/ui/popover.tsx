"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

interface PopoverProps {
  /** A button; it gets the popover's behaviour. */
  trigger: ReactElement;
  title?: string;
  align?: "start" | "center" | "end";
  children: ReactNode;
}

/** A small panel beside its button. */
export function Popover({ trigger, title, align = "start", children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4}>
          <Base.Popup className="popup max-w-[calc(100vw-16px)] min-w-56 p-3 outline-none">
            {title ? <Base.Title className="mb-2 text-sm font-semibold">{title}</Base.Title> : null}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
