import { formatNumber } from "../ui/format.ts";

const BAR = 4;
const GAP = 1;
const HEIGHT = 32;

interface MinuteBarsProps {
  /** Oldest first. */
  minutes: readonly number[];
  /** The highest minute of all that are compared. */
  most: number;
  fill: "new" | "old";
}

/** An hour of checks, a bar a minute, on the scale of what it stands beside. */
export function MinuteBars({ minutes, most, fill }: MinuteBarsProps) {
  const width = minutes.length * (BAR + GAP) - GAP;
  const sum = minutes.reduce((all, count) => all + count, 0);
  const heights = minutes.map((count) =>
    count === 0 ? 0 : Math.max(2, (count / Math.max(1, most)) * HEIGHT),
  );
  const path = heights
    .map((height, at) =>
      height === 0
        ? ""
        : `M${at * (BAR + GAP)} ${(HEIGHT - height).toFixed(1)}h${BAR}v${height.toFixed(1)}h-${BAR}z`,
    )
    .join("");
  return (
    <svg
      role="img"
      aria-label={`Checks in the last ${minutes.length} minutes: ${formatNumber(sum)}`}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-8 w-full"
    >
      <path d={`M0 ${HEIGHT - 1}h${width}v1h-${width}z`} fill="var(--border)" />
      <path d={path} fill={fill === "new" ? "var(--chart-valid)" : "var(--attention)"} />
    </svg>
  );
}
