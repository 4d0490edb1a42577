import { StatusDot } from "../ui/badge.tsx";

/** Says that the numbers move by themselves, or that they stand still because the portal does not answer. */
export function LiveMark({ failing, refreshMs }: { failing: boolean; refreshMs: number }) {
  const seconds = refreshMs / 1000;
  const every = seconds < 60 ? `${seconds} seconds` : "minute";
  return (
    <p role="status" className="text-sm text-muted">
      {failing ? (
        <StatusDot tone="attention">The portal does not answer. Trying again.</StatusDot>
      ) : (
        <span data-tip={`Read anew every ${every} while this page is in sight`}>
          <StatusDot tone="good">Live</StatusDot>
        </span>
      )}
    </p>
  );
}
