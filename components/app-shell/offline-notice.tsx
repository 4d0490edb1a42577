"use client";

import { WifiOff } from "lucide-react";
import { useIsOffline } from "../ui/connection.ts";
import { shellText } from "./text.ts";

/** Says that the portal can't be reached. A link that was followed opens when the connection is back. */
export function OfflineNotice() {
  const offline = useIsOffline();
  return (
    <div role="status" className="fixed inset-x-4 bottom-4 z-30 mx-auto w-fit max-w-full">
      {offline ? (
        <p className="popup flex items-center gap-2 px-3 py-2 text-sm">
          <WifiOff aria-hidden className="size-4 shrink-0 text-attention" />
          {shellText.offline}
        </p>
      ) : null}
    </div>
  );
}
