"use client";

import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { type ComponentProps, type MouseEvent, useContext, useEffect, useRef } from "react";
import { whenOnline } from "./connection.ts";

/** A pointer that only passes over a link leaves it sooner. */
export const INTENT_MS = 80;

interface LinkProps extends ComponentProps<"a"> {
  href: string;
  /** Replaces the entry of the history. */
  replace?: boolean;
  /** Whether to go to the top of the new page. Default: true. */
  scroll?: boolean;
  /** Called instead of opening the page in place, which is then not prefetched either. */
  onOpen?: () => void;
}

/**
 * A link inside the portal, which opens its page in place. It prefetches the page when the reader points at it or focuses
 * it, not when it becomes visible: a page shows up to 50 links, and the server renders each prefetch. Without a
 * connection, it waits for it instead of opening the browser's error page. `next/link` would add 4 kB (gzip) to every page.
 */
export function Link({ replace, scroll, onOpen, ...rest }: LinkProps) {
  const { href, onClick, onPointerEnter, onPointerLeave, onFocus, onBlur } = rest;
  // Not `useRouter`, which throws where there is none: then this is a plain link.
  const router = useContext(AppRouterContext);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const cancel = () => clearTimeout(timer.current);
  const prefetch = () => {
    cancel();
    if (isInPortal(href) && !onOpen) timer.current = setTimeout(() => router?.prefetch(href), INTENT_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || router === null || !isInPortal(href) || !opensInThisTab(event)) return;
    event.preventDefault();
    if (onOpen) return onOpen();
    if (!navigator.onLine) return whenOnline(() => location.assign(href));
    router[replace ? "replace" : "push"](href, { scroll });
  };
  return (
    <a
      {...rest}
      href={href}
      onClick={click}
      onPointerEnter={(event) => {
        onPointerEnter?.(event);
        prefetch();
      }}
      onPointerLeave={(event) => {
        onPointerLeave?.(event);
        cancel();
      }}
      onFocus={(event) => {
        onFocus?.(event);
        prefetch();
      }}
      onBlur={(event) => {
        onBlur?.(event);
        cancel();
      }}
    />
  );
}

/** A path, query or fragment of this site: not another origin, and not `mailto:`. */
function isInPortal(href: string): boolean {
  return /^(\/(?![/\\])|[?#])/.test(href);
}

/** Not in another tab or window, and not as a download. */
function opensInThisTab({
  button,
  metaKey,
  ctrlKey,
  shiftKey,
  altKey,
  currentTarget,
}: MouseEvent<HTMLAnchorElement>) {
  const hasModifier = metaKey || ctrlKey || shiftKey || altKey;
  const { target } = currentTarget;
  return (
    button === 0 &&
    !hasModifier &&
    (target === "" || target === "_self") &&
    !currentTarget.hasAttribute("download")
  );
}
