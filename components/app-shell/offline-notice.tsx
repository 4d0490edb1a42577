"use client";

import type { ReactNode } from "react";
import { useIsMissingCode, useIsOffline } from "../ui/connection.ts";
import { shellText } from "./text.ts";

/**
 * Says that the portal can't be reached, or that code of a dialog can't be fetched. A link that was followed opens, and
 * the dialog too, when the connection is back. `icon`: rendered by the server.
 */
export function OfflineNotice({ icon }: { icon: ReactNode }) {
  const offline = useIsOffline();
  const missing = useIsMissingCode();
  return (
    <div role="status" className="fixed inset-x-4 bottom-4 z-30 mx-auto w-fit max-w-full">
      {offline || missing ? (
        <p className="popup flex items-center gap-2 px-3 py-2 text-sm">
          {icon}
          {offline ? shellText.offline : shellText.missing}
        </p>
      ) : null}
    </div>
  );
}
