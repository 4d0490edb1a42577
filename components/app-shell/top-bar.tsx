"use client";

import { type ReactNode, useState } from "react";
import { buttonClass } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { CommandMenuButton } from "./command-menu-button.tsx";
import { NotificationsButton } from "./notifications-button.tsx";
import { shellText } from "./text.ts";

const Drawer = lazyInBrowser(() => import("./drawer.tsx").then((module) => module.Drawer));

interface TopBarProps {
  logo: ReactNode;
  /** Rendered by the server, so that their code is not in every page's JavaScript. */
  icons: { menu: ReactNode; notifications: ReactNode };
  /** The sidebar. */
  children: ReactNode;
}

/** The top bar on a phone, which opens the sidebar as a drawer. */
export function TopBar({ logo, icons, children }: TopBarProps) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-border bg-canvas px-2 lg:hidden print:hidden">
      <button
        type="button"
        aria-label={shellText.openMenu}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className={buttonClass({ variant: "ghost", size: "icon" }, "size-11!")}
      >
        {icons.menu}
      </button>
      {logo}
      <div className="ml-auto flex items-center gap-1">
        <NotificationsButton icon={icons.notifications} />
        <CommandMenuButton compact />
      </div>
      {wanted ? (
        <Drawer open={open} onOpenChange={setOpen}>
          {children}
        </Drawer>
      ) : null}
    </header>
  );
}
