"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { buttonClass } from "../ui/button.tsx";
import { shellText } from "./text.ts";

interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** The sidebar on a phone. It closes when the reader follows a link. */
export function Drawer({ open, onOpenChange, children }: DrawerProps) {
  const path = usePathname();
  const opened = useRef(path);
  useEffect(() => {
    if (opened.current === path) return;
    opened.current = path;
    onOpenChange(false);
  }, [path, onOpenChange]);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-y-0 left-0 w-72 max-w-[85vw] border-r border-border bg-canvas transition-[translate] duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <Dialog.Title className="sr-only">{shellText.menu}</Dialog.Title>
          <Dialog.Close
            aria-label={shellText.closeMenu}
            className={buttonClass({ variant: "ghost", size: "icon" }, "absolute top-3.5 right-3")}
          >
            <X aria-hidden />
          </Dialog.Close>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
