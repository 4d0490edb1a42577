"use client";

import { useEffect } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { NOTICES_READ } from "../app-shell/use-unread.ts";

interface ReadOnSightProps {
  /** The newest that is shown. */
  upTo: string;
  markRead: (input: { upTo: string }) => Promise<ActionResult<undefined>>;
}

/** Notes that what is shown was seen. */
export function ReadOnSight({ upTo, markRead }: ReadOnSightProps) {
  useEffect(() => {
    // A note that does not arrive is made the next time.
    markRead({ upTo })
      .then(() => window.dispatchEvent(new Event(NOTICES_READ)))
      .catch(() => {});
  }, [upTo, markRead]);
  return null;
}
