import { useSyncExternalStore } from "react";
import { StatusDot } from "../ui/badge.tsx";
import { usageText } from "./text.ts";

function subscribe(listener: () => void): () => void {
  for (const event of ["online", "offline"]) window.addEventListener(event, listener);
  return () => {
    for (const event of ["online", "offline"]) window.removeEventListener(event, listener);
  };
}

const isOnline = () => navigator.onLine;

/** Says that the numbers refresh themselves, or that they are old because the portal does not respond. */
export function UpdatingStatus({ failing, refreshMs }: { failing: boolean; refreshMs: number }) {
  // Offline, requests wait instead of failing.
  const online = useSyncExternalStore(subscribe, isOnline, () => true);
  return (
    <p role="status" className="text-sm text-muted">
      {failing || !online ? (
        <StatusDot tone="attention">{online ? usageText.unanswered : usageText.offline}</StatusDot>
      ) : (
        <span data-tip={usageText.refreshedEvery(refreshMs)}>
          <StatusDot tone="good">{usageText.updating}</StatusDot>
        </span>
      )}
    </p>
  );
}
