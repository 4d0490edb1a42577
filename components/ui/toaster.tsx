"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";

const Host = dynamic(() => import("./toaster-host.tsx").then((module) => module.ToasterHost), { ssr: false });

let isWanted = false;
const listeners = new Set<() => void>();
const ready = Promise.withResolvers<void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear: only for what happened elsewhere than where one looks. Loaded with the first one. */
export function Toaster() {
  const wanted = useSyncExternalStore(
    subscribe,
    () => isWanted,
    () => false,
  );
  return wanted ? <Host onReady={ready.resolve} /> : null;
}

/** Says what happened elsewhere. */
export async function toast(message: string, description?: string): Promise<void> {
  isWanted = true;
  for (const listener of listeners) listener();
  const { toast: show } = await import("sonner");
  await ready.promise;
  show(message, { description });
}
