"use client";

import NextLink from "next/link";
import { type ComponentProps, useEffect, useRef, useState } from "react";
import { whenOnline } from "./connection.ts";

/** A pointer that only passes over a link leaves it sooner. */
const INTENT_MS = 80;

type LinkProps = Omit<ComponentProps<typeof NextLink>, "prefetch">;

/**
 * A link inside the portal. It prefetches its page when the reader points at it or focuses it, not when it becomes
 * visible: a page shows up to 50 links, and the server renders each prefetch. Without a connection, it waits for it
 * instead of opening the browser's error page.
 */
export function Link({ onPointerEnter, onPointerLeave, onFocus, onBlur, onNavigate, ...rest }: LinkProps) {
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
      onNavigate={(event) => {
        onNavigate?.(event);
        if (navigator.onLine) return;
        event.preventDefault();
        whenOnline(() => location.assign(String(rest.href)));
      }}
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
