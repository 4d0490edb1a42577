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

const RETRY_MS = 3_000;
const MISSING_EVENT = "latchkey:missing";
let missing = 0;

function count(change: number): void {
  missing += change;
  dispatchEvent(new Event(MISSING_EVENT));
}

/** Whether code that a page wants could not be fetched yet. */
export function useIsMissingCode(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      addEventListener(MISSING_EVENT, onChange);
      return () => removeEventListener(MISSING_EVENT, onChange);
    },
    () => missing > 0,
    () => false,
  );
}

/**
 * Fetches code, again until it is there: React would keep the failure, and replace the page and its input by an error.
 * Waits for the connection if there is none.
 */
export async function untilLoaded<Code>(load: () => Promise<Code>): Promise<Code> {
  const first = await load().catch(unlessFetched);
  if (first) return first;
  count(1);
  try {
    for (;;) {
      await new Promise<unknown>((resolve) => {
        if (navigator.onLine) setTimeout(resolve, RETRY_MS);
        else addEventListener("online", resolve, { once: true });
      });
      const code = await load().catch(unlessFetched);
      if (code) return code;
    }
  } finally {
    count(-1);
  }
}

/** Null if code could not be fetched. Throws what fetched code throws. */
function unlessFetched(error: unknown): null {
  if (error instanceof Error && error.name === "ChunkLoadError") return null;
  throw error;
}

let waiting: AbortController | null = null;

/** Calls `open` when the connection is back. Only the latest call counts. */
export function whenOnline(open: () => void): void {
  waiting?.abort();
  waiting = new AbortController();
  addEventListener("online", open, { once: true, signal: waiting.signal });
}
