import { StatusDot } from "./badge.tsx";
import { useIsOffline } from "./connection.ts";
import { uiText } from "./text.ts";

/** Says that the numbers refresh themselves, or that they are old because the portal does not respond. */
export function UpdatingStatus({ failing, refreshMs }: { failing: boolean; refreshMs: number }) {
  // Offline, requests wait instead of failing.
  const offline = useIsOffline();
  return (
    <p role="status" className="text-sm text-muted">
      {failing || offline ? (
        <StatusDot tone="attention">{offline ? uiText.offline : uiText.notRefreshed}</StatusDot>
      ) : (
        <span data-tip={uiText.refreshedEvery(refreshMs)}>
          <StatusDot tone="good">{uiText.updating}</StatusDot>
        </span>
      )}
    </p>
  );
}
