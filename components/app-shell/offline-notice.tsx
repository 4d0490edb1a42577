"use client";

import type { ReactNode } from "react";
import { useIsOffline } from "../ui/connection.ts";
import { shellText } from "./text.ts";

/**
 * Says that the portal can't be reached. A link that was followed opens when the connection is back. `icon`: rendered by
 * the server.
 */
export function OfflineNotice({ icon }: { icon: ReactNode }) {
  const offline = useIsOffline();
  return (
    <div role="status" className="fixed inset-x-4 bottom-4 z-30 mx-auto w-fit max-w-full">
      {offline ? (
        <p className="popup flex items-center gap-2 px-3 py-2 text-sm">
          {icon}
          {shellText.offline}
        </p>
      ) : null}
    </div>
  );
}
