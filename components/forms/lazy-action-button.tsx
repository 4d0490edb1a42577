"use client";

/** `ActionButton` for a part of the shell that is rarely shown: its code is loaded only where it is. */
import { lazyComponent } from "../ui/lazy.tsx";
export const LazyActionButton = lazyComponent(() =>
  import("./action-button.tsx").then((module) => module.ActionButton),
);
