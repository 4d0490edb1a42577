"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import type { ExtendOverlapDialogProps } from "./extend-overlap-dialog.tsx";
import { rotationText } from "./text.ts";

const ExtendOverlapDialog = dynamic(
  () => import("./extend-overlap-dialog.tsx").then((module) => module.ExtendOverlapDialog),
  { ssr: false },
);

/** Changes when the overlap ends. The dialog is loaded on demand. */
export function ExtendOverlapButton(props: Omit<ExtendOverlapDialogProps, "onClose">) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {rotationText.overlap.extend}
      </Button>
      {open ? <ExtendOverlapDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
