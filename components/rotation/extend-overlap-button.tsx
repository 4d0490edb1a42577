"use client";

import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import type { ExtendOverlapDialogProps } from "./extend-overlap-dialog.tsx";
import { rotationText } from "./text.ts";

const load = () => import("./extend-overlap-dialog.tsx");
const ExtendOverlapDialog = lazyInBrowser(() => load().then((module) => module.ExtendOverlapDialog));

/** Changes when the overlap ends. The dialog is loaded on demand. */
export function ExtendOverlapButton(props: Omit<ExtendOverlapDialogProps, "onClose">) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button {...preloadOn(load)} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {rotationText.overlap.extend}
      </Button>
      {open ? <ExtendOverlapDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
