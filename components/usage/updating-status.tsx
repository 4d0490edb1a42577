import { StatusDot } from "../ui/badge.tsx";
import { usageText } from "./text.ts";

/** Says that the numbers refresh themselves, or that they are old because the portal does not respond. */
export function UpdatingStatus({ failing, refreshMs }: { failing: boolean; refreshMs: number }) {
  return (
    <p role="status" className="text-sm text-muted">
      {failing ? (
        <StatusDot tone="attention">{usageText.unanswered}</StatusDot>
      ) : (
        <span data-tip={usageText.refreshedEvery(refreshMs)}>
          <StatusDot tone="good">{usageText.updating}</StatusDot>
        </span>
      )}
    </p>
  );
}
