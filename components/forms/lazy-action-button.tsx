"use client";

import dynamic from "next/dynamic";

/** `ActionButton` for a part of the shell that is rarely shown: its code is loaded only where it is. */
export const LazyActionButton = dynamic(() =>
  import("./action-button.tsx").then((module) => module.ActionButton),
);
