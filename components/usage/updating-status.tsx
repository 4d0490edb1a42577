import { StatusDot } from "../ui/badge.tsx";
import { TEXT } from "./text.ts";

/** Says that the numbers refresh themselves, or that they are old because the portal does not respond. */
export function UpdatingStatus({ failing, refreshMs }: { failing: boolean; refreshMs: number }) {
  return (
    <p role="status" className="text-sm text-muted">
      {failing ? (
        <StatusDot tone="attention">{TEXT.unanswered}</StatusDot>
      ) : (
        <span data-tip={TEXT.refreshedEvery(refreshMs)}>
          <StatusDot tone="good">{TEXT.updating}</StatusDot>
        </span>
      )}
    </p>
  );
}
