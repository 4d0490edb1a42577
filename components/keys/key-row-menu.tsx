"use client";

import { Ellipsis } from "lucide-react";
import { buttonClass } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useMenuButton } from "../ui/use-menu-button.ts";
import type { KeyRowMenuProps } from "./actions.ts";

const RowMenu = lazyInBrowser(() => import("./row-menu.tsx").then((module) => module.RowMenu));

/** The menu of a key in a table. A table has dozens: the menu itself is loaded on hover or focus. */
export function KeyRowMenu({ label, ...props }: KeyRowMenuProps) {
  const { isLoaded, button, menu } = useMenuButton();
  return (
    <>
      <button
        {...button}
        aria-label={label}
        className={buttonClass({ variant: "ghost", size: "icon" }, "aria-expanded:bg-hover")}
      >
        <Ellipsis aria-hidden />
      </button>
      {isLoaded ? <RowMenu {...props} {...menu} /> : null}
    </>
  );
}
