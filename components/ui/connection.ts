import { useSyncExternalStore } from "react";

/** Whether the browser has no connection. */
export function useIsOffline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => !navigator.onLine,
    () => false,
  );
}

function subscribe(onChange: () => void): () => void {
  const controller = new AbortController();
  for (const name of ["online", "offline"]) addEventListener(name, onChange, { signal: controller.signal });
  return () => controller.abort();
}

let waiting: AbortController | null = null;

/** Calls `open` when the connection is back. Only the latest call counts. */
export function whenOnline(open: () => void): void {
  waiting?.abort();
  waiting = new AbortController();
  addEventListener("online", open, { once: true, signal: waiting.signal });
}
