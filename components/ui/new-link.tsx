"use client";

import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink, type ButtonSize, type ButtonVariant } from "./button.tsx";
import { preloadOn } from "./preload.ts";
import { loadNewDialogs } from "./use-new-dialog.ts";
import { useNewParam } from "./use-url-state.ts";

interface NewLinkProps {
  children: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
}

/** Opens the creation dialog of this page immediately; its code is loaded before the press. */
export function NewLink({ children, variant = "primary", size }: NewLinkProps) {
  const { openHref, show } = useNewParam();
  return (
    <ButtonLink
      {...preloadOn(loadNewDialogs)}
      href={openHref}
      // What the shortcut "c" presses.
      data-create
      scroll={false}
      variant={variant}
      size={size}
      onOpen={show}
    >
      <Plus aria-hidden />
      {children}
    </ButtonLink>
  );
}
