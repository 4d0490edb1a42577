"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLeaveGuard } from "../secret/use-leave-guard.ts";

type Way = { kind: "back" } | { kind: "link"; href: string };

/**
 * While there is something to lose, leaving asks first: by a link of the portal, by the browser's back, by a
 * reload. `asking` says whether somebody wants to leave.
 */
export function useConfirmLeave(guarding: boolean) {
  const router = useRouter();
  const [way, setWay] = useState<Way | null>(null);
  const [going, setGoing] = useState(false);
  const holding = guarding && !going;
  useLeaveGuard(holding, () => setWay({ kind: "back" }));

  useEffect(() => {
    if (!holding) return;
    const press = (event: MouseEvent) => {
      const href = leadsTo(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      setWay({ kind: "link", href });
    };
    // Before the link's own handler, which would navigate.
    window.addEventListener("click", press, { capture: true });
    return () => window.removeEventListener("click", press, { capture: true });
  }, [holding]);

  useEffect(() => {
    if (!going || way === null) return;
    if (way.kind === "link") router.push(way.href);
    // Past the entry that held the page, too.
    else window.history.go(-2);
  }, [going, way, router]);

  return {
    asking: way !== null && !going,
    stay: () => setWay(null),
    leave: () => setGoing(true),
  };
}

/** The page that a press leads to in this window; null where it leads nowhere else. */
function leadsTo(event: MouseEvent): string | null {
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
