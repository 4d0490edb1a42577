"use client";

import { Ellipsis } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { buttonClass } from "../ui/button.tsx";
import type { KeyRowMenuProps } from "./key-row-menu-props.ts";

const RowMenu = dynamic(() => import("./row-menu.tsx").then((module) => module.RowMenu), { ssr: false });

/** What can be done with a key from its row. A table holds dozens: the menu itself comes when it is wanted. */
export function KeyRowMenu(props: KeyRowMenuProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-label={`Actions for ${props.subject.name}`}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={() => setWanted(true)}
        onFocus={() => setWanted(true)}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        className={buttonClass({ variant: "ghost", size: "icon" }, "aria-expanded:bg-hover")}
      >
        <Ellipsis aria-hidden />
      </button>
      {wanted ? <RowMenu {...props} anchor={anchor} open={open} onOpenChange={setOpen} /> : null}
    </>
  );
}
