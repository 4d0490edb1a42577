import { StatusDot } from "./badge.tsx";
import { useIsOffline } from "./connection.ts";
import { updatingText } from "./updating-text.ts";

/** Says that the numbers refresh themselves, or that they are old because the portal does not respond. */
export function UpdatingStatus({ failing, refreshMs }: { failing: boolean; refreshMs: number }) {
  // Offline, requests wait instead of failing.
  const offline = useIsOffline();
  return (
    <p role="status" className="text-sm text-muted">
      {failing || offline ? (
        <StatusDot tone="attention">{offline ? updatingText.offline : updatingText.notRefreshed}</StatusDot>
      ) : (
        <span data-tip={updatingText.refreshedEvery(refreshMs)}>
          <StatusDot tone="good">{updatingText.updating}</StatusDot>
        </span>
      )}
    </p>
  );
}
