import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** A bordered surface. `flush` removes the padding, for tables and lists that reach its edge. */
export function Card({ flush, className, ...rest }: ComponentProps<"div"> & { flush?: boolean }) {
  return (
    <div {...rest} className={clsx("rounded border border-border bg-surface", !flush && "p-5", className)} />
  );
}

interface SectionProps {
  title: ReactNode;
  /** One line under the title: its purpose or its state. */
  description?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  id?: string;
  className?: string;
  children: ReactNode;
}

/** A section of a page with a heading. */
export function Section({ title, description, actions, id, className, children }: SectionProps) {
  return (
    <section id={id} className={clsx("grid gap-3", className)}>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-lg font-semibold">{title}</h2>
          {description ? <p className="text-sm text-muted">{description}</p> : null}
        </div>
        {actions ? (
          <div className="flex min-w-0 max-w-full flex-wrap items-center gap-2">{actions}</div>
        ) : null}
      </div>
      {children}
    </section>
  );
}

/** Labeled values in as many columns as fit. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl
      className={clsx(
        "grid grid-cols-[repeat(auto-fill,minmax(min(11rem,42%),1fr))] gap-x-6 gap-y-4",
        className,
      )}
    >
      {children}
    </dl>
  );
}

export function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="mt-0.5 min-w-0">{children}</dd>
    </div>
  );
}

/** A message about the page as a whole, such as a suspended project. */
export function Alert({
  tone = "attention",
  children,
  actions,
}: {
  tone?: "attention" | "bad" | "good" | "inert";
  children: ReactNode;
  actions?: ReactNode;
}) {
  const TONES = {
    attention: "border-attention/40 bg-attention-soft",
    bad: "border-bad/40 bg-bad-soft",
    good: "border-good/40 bg-good-soft",
    inert: "border-border bg-inert-soft",
  };
  return (
    <div
      className={clsx(
        "flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded border px-4 py-2.5 text-sm",
        TONES[tone],
      )}
    >
      <div className="min-w-0">{children}</div>
      {actions}
    </div>
  );
}
