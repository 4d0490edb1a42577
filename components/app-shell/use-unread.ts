import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { readJson } from "../ui/read-json.ts";

const REFRESH_MS = 30_000;
/** The event that is sent after notifications were marked as read. */
export const NOTIFICATIONS_READ = "latchkey-notifications-read";

/** The number of unread notifications, refreshed on navigation, every 30 s while visible, and after reading some. */
export function useUnread(): number {
  const path = usePathname();
  const [unread, setUnread] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: navigation is a reason to refresh
  useEffect(() => {
    const leaving = new AbortController();
    const ask = () => {
      if (document.visibilityState === "hidden") return;
      // Without an answer, the last number stays.
      readUnread(leaving.signal).then(setUnread, () => {});
    };
    ask();
    const timer = setInterval(ask, REFRESH_MS);
    window.addEventListener(NOTIFICATIONS_READ, ask);
    return () => {
      leaving.abort();
      clearInterval(timer);
      window.removeEventListener(NOTIFICATIONS_READ, ask);
    };
  }, [path]);
  return unread;
}

async function readUnread(signal: AbortSignal): Promise<number> {
  return (await readJson<{ unread: number }>("/notifications/unread", signal)).unread;
}
