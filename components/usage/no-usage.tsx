import type { ReactNode } from "react";
import { EmptyState } from "../ui/empty.tsx";

interface NoUsageProps {
  /** "the last 24 hours" */
  words: string;
  action: ReactNode;
  /** How it comes here. */
  children: ReactNode;
}

/** No checks in the span: what would be here, and how it comes here. */
export function NoUsage({ words, action, children }: NoUsageProps) {
  return (
    <EmptyState
      className="min-h-70 content-center"
      picture={<FaintBars />}
      title={`No checks in ${words}`}
      action={action}
    >
      {children}
    </EmptyState>
  );
}

const HEIGHTS = [14, 20, 17, 28, 34, 30, 22, 26, 40, 46, 38, 30, 36, 48, 52, 44, 34, 28];

const PATH = HEIGHTS.map((height, place) => `M${place * 12} 56v-${height}h9v${height}z`).join("");

function FaintBars() {
  return (
    <svg viewBox="0 0 216 56" className="mx-auto h-14" role="presentation">
      <path d={PATH} fill="var(--border)" />
    </svg>
  );
}
