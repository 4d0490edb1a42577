import type { ReactNode } from "react";
import { EmptyState } from "../ui/empty.tsx";
import { usageText } from "./text.ts";

interface NoUsageProps {
  /** "the last 24 hours" */
  range: string;
  action: ReactNode;
  /** What will be shown here, and when. */
  children: ReactNode;
}

/** Instead of a chart without requests. */
export function NoUsage({ range, action, children }: NoUsageProps) {
  return (
    <EmptyState
      className="min-h-70 content-center"
      picture={<PlaceholderBars />}
      title={usageText.empty.title(range)}
      action={action}
    >
      {children}
    </EmptyState>
  );
}

const HEIGHTS = [14, 20, 17, 28, 34, 30, 22, 26, 40, 46, 38, 30, 36, 48, 52, 44, 34, 28];

const PATH = HEIGHTS.map((height, index) => `M${index * 12} 56v-${height}h9v${height}z`).join("");

function PlaceholderBars() {
  return (
    <svg viewBox="0 0 216 56" className="mx-auto h-14" role="presentation">
      <path d={PATH} fill="var(--border)" />
    </svg>
  );
}
