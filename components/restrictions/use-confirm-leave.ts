"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLeaveGuard } from "../secret/use-leave-guard.ts";

type Destination = { kind: "back" } | { kind: "link"; href: string };

/**
 * While there are unsaved changes, leaving by a link of the portal, the back button or a reload asks first. `open`
 * says whether to ask now.
 */
export function useConfirmLeave(hasChanges: boolean) {
  const router = useRouter();
  const [destination, setDestination] = useState<Destination | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const active = hasChanges && !confirmed;
  useLeaveGuard(active, () => setDestination({ kind: "back" }));

  useEffect(() => {
    if (!active) return;
    const onClick = (event: MouseEvent) => {
      const href = destinationOf(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      setDestination({ kind: "link", href });
    };
    // Before the link's own handler, which would navigate.
    window.addEventListener("click", onClick, { capture: true });
    return () => window.removeEventListener("click", onClick, { capture: true });
  }, [active]);

  useEffect(() => {
    if (!confirmed || destination === null) return;
    if (destination.kind === "link") router.push(destination.href);
    // Also past the extra history entry of the leave guard.
    else window.history.go(-2);
  }, [confirmed, destination, router]);

  return {
    open: destination !== null && !confirmed,
    stay: () => setDestination(null),
    leave: () => setConfirmed(true),
  };
}

/** The page that a click opens in this window; null when the draft stays. */
function destinationOf(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target === "_blank" || link.hasAttribute("download")) return null;
  const to = URL.parse(link.href);
  const here = window.location;
  if (!to || to.origin !== here.origin) return null;
  // On the same tab of the same key the draft stays.
  const stays =
    to.pathname === here.pathname &&
    to.searchParams.get("tab") === new URLSearchParams(here.search).get("tab");
  return stays ? null : `${to.pathname}${to.search}${to.hash}`;
}
