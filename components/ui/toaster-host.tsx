"use client";

import { useEffect } from "react";
import { Toaster as Sonner } from "sonner";

/** Sonner's toaster; `onReady` is called once it listens. */
export function ToasterHost({ onReady }: { onReady: () => void }) {
  return (
    <>
      <Sonner
        position="bottom-right"
        toastOptions={{
          unstyled: true,
          classNames: {
            toast: "popup flex w-full items-start gap-2 px-3 py-2.5 text-sm text-ink",
            description: "text-muted",
            actionButton: "ml-auto font-medium text-accent",
          },
        }}
      />
      <Ready onReady={onReady} />
    </>
  );
}

/** Stands behind the toaster, because effects run in the order of the siblings. */
function Ready({ onReady }: { onReady: () => void }) {
  useEffect(onReady, [onReady]);
  return null;
}
