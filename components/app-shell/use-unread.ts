import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";

const REFRESH_MS = 30_000;
/** Said by whoever has just marked notices as read. */
export const NOTICES_READ = "latchkey-notices-read";

/** How many notices are new: asked at every page, every half minute in sight, and when some were read. */
export function useUnread(): number {
  const path = usePathname();
  const [unread, setUnread] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is a reason to ask anew
  useEffect(() => {
    const leaving = new AbortController();
    const ask = () => {
      if (document.visibilityState === "hidden") return;
      // Without an answer the last number stays.
      readUnread(leaving.signal).then(setUnread, () => {});
    };
    ask();
    const asking = setInterval(ask, REFRESH_MS);
    window.addEventListener(NOTICES_READ, ask);
    return () => {
      leaving.abort();
      clearInterval(asking);
      window.removeEventListener(NOTICES_READ, ask);
    };
  }, [path]);
  return unread;
}

async function readUnread(signal: AbortSignal): Promise<number> {
  const response = await fetch("/notifications/unread", { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`the notices answered ${response.status}`);
  return ((await response.json()) as { unread: number }).unread;
}
