import { clsx } from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { UpdatingStatus } from "../ui/updating-status.tsx";

interface OngoingPanelProps {
  icon: LucideIcon;
  tone: keyof typeof TONES;
  title: string;
  /** The word before the time: "since". */
  sinceWord: string;
  /** ISO 8601. */
  since: string;
  /** The current state, below the title. */
  state: ReactNode;
  /** Buttons; null for viewers. */
  actions: ReactNode;
  /** Whether the last refresh failed, and the time between refreshes, ms. */
  refresh: { isFailing: boolean; everyMs: number };
  children: ReactNode;
}

const TONES = {
  accent: { card: "border-accent/50", icon: "text-accent" },
  attention: { card: "border-attention/40", icon: "text-attention" },
};

/** What is going on with a key until someone ends it: a rotation, or restrictions in report-only mode. */
export function OngoingPanel({
  icon: Icon,
  tone,
  title,
  sinceWord,
  since,
  state,
  actions,
  refresh,
  children,
}: OngoingPanelProps) {
  return (
    <Card className={clsx("grid gap-5", TONES[tone].card)}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid gap-0.5">
          <h3 className="flex items-center gap-2 font-semibold">
            <Icon aria-hidden className={clsx("size-4", TONES[tone].icon)} />
            {title}
            <span className="font-normal text-muted">
              {sinceWord} <RelativeTime at={since} />
            </span>
          </h3>
          {state}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children}
      <UpdatingStatus failing={refresh.isFailing} refreshMs={refresh.everyMs} />
    </Card>
  );
}
