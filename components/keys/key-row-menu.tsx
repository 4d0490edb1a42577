"use client";

import { Ellipsis } from "lucide-react";
import { useRef, useState } from "react";
import { buttonClass } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import type { KeyRowMenuProps } from "./actions.ts";

const RowMenu = lazyInBrowser(() => import("./row-menu.tsx").then((module) => module.RowMenu));

/** The menu of a key in a table. A table has dozens: the menu itself is loaded on hover or focus. */
export function KeyRowMenu(props: KeyRowMenuProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState(false);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={() => setLoaded(true)}
        onFocus={() => setLoaded(true)}
        onClick={() => {
          setLoaded(true);
          setOpen(true);
        }}
        className={buttonClass({ variant: "ghost", size: "icon" }, "aria-expanded:bg-hover")}
      >
        <Ellipsis aria-hidden />
      </button>
      {loaded ? <RowMenu {...props} anchor={anchor} open={open} onOpenChange={setOpen} /> : null}
    </>
  );
}
