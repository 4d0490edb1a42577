import type { ReactNode } from "react";

/** Restrictions and, at their side where there is room, the tester, which stays in sight. */
export function SideBySide({ children: [main, side] }: { children: [ReactNode, ReactNode] }) {
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
      {main}
      <div className="lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:overflow-y-auto">{side}</div>
    </div>
  );
}
