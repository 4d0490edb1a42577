import { clsx } from "clsx";
import type { ReactNode } from "react";

export type Tone = "good" | "attention" | "bad" | "inert" | "accent";

const BADGE: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  attention: "bg-attention-soft text-attention",
  bad: "bg-bad-soft text-bad",
  inert: "bg-inert-soft text-muted",
  accent: "bg-accent-soft text-accent",
};

/** A short label, such as an environment or a role. */
export function Badge({ tone = "inert", className, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap",
        BADGE[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

interface BadgeProps {
  tone?: Tone;
  className?: string;
  children: ReactNode;
}

const DOT: Record<Tone, string> = {
  good: "bg-good",
  attention: "bg-attention",
  bad: "bg-bad",
  // A ring: the shape shows "inactive" without relying on color.
  inert: "border-[1.5px] border-inert",
  accent: "bg-accent",
};

/** A status as a dot and a word, so that it never depends on color alone. `near` is a related time or event. */
export function StatusDot({ tone, near, className, children }: StatusDotProps) {
  return (
    <span className={clsx("inline-flex flex-wrap items-baseline gap-x-2 whitespace-nowrap", className)}>
      <span className="inline-flex items-baseline gap-2">
        <span aria-hidden className={clsx("inline-block size-2 shrink-0 rounded-full", DOT[tone])} />
        <span>{children}</span>
      </span>
      {near ? <span className="text-sm whitespace-normal text-muted">{near}</span> : null}
    </span>
  );
}

interface StatusDotProps {
  tone: Tone;
  near?: ReactNode;
  className?: string;
  children: ReactNode;
}
