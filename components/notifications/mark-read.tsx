"use client";

import { useEffect } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { NOTIFICATIONS_READ } from "../app-shell/use-unread.ts";

interface MarkReadProps {
  /** The id of the newest notification that is shown. */
  upTo: string;
  markRead: (input: { upTo: string }) => Promise<ActionResult<undefined>>;
}

/** Marks the shown notifications as read. */
export function MarkRead({ upTo, markRead }: MarkReadProps) {
  useEffect(() => {
    markRead({ upTo }).then(
      () => window.dispatchEvent(new Event(NOTIFICATIONS_READ)),
      // They stay unread: the next visit marks them.
      () => {},
    );
  }, [upTo, markRead]);
  return null;
}
