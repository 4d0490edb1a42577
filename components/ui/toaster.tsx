"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

const Sonner = dynamic(() => import("sonner").then((module) => module.Toaster), { ssr: false });

/** Where toasts appear: only for what happened elsewhere than where one looks. Loaded after the page. */
export function Toaster() {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  if (!ready) return null;
  return (
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
  );
}

/** Says what happened elsewhere. */
export async function toast(message: string, description?: string): Promise<void> {
  const { toast: show } = await import("sonner");
  show(message, { description });
}
