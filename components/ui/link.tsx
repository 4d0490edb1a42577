"use client";

import NextLink from "next/link";
import { type ComponentProps, useEffect, useRef, useState } from "react";

/** A pointer that only passes over a link leaves it sooner. */
const INTENT_MS = 80;

type LinkProps = Omit<ComponentProps<typeof NextLink>, "prefetch">;

/**
 * A link inside the portal. It prefetches its page when the reader points at it or focuses it, not when it becomes
 * visible: a page shows up to 50 links, and the server renders each prefetch.
 */
export function Link({ onPointerEnter, onPointerLeave, onFocus, onBlur, ...rest }: LinkProps) {
  const [intended, setIntended] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const start = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIntended(true), INTENT_MS);
  };
  const cancel = () => {
    clearTimeout(timer.current);
    setIntended(false);
  };
  return (
    <NextLink
      {...rest}
      prefetch={intended ? null : false}
      onPointerEnter={(event) => {
        onPointerEnter?.(event);
        start();
      }}
      onPointerLeave={(event) => {
        onPointerLeave?.(event);
        cancel();
      }}
      onFocus={(event) => {
        onFocus?.(event);
        start();
      }}
      onBlur={(event) => {
        onBlur?.(event);
        cancel();
      }}
    />
  );
}
