"use client";

import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { KIND_ICONS, type KindCard } from "./kinds.ts";
import { KIND_TEXT, restrictionsText } from "./text.ts";

interface KindSectionProps {
  kind: KindCard;
  /** How many entries it has. */
  count: number;
  /** Of `count`. */
  invalid: number;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** One kind of restriction, closed until it is needed. */
export function KindSection({ kind, count, invalid, open, onToggle, children }: KindSectionProps) {
  const body = useId();
  const { label, empty } = KIND_TEXT[kind];
  const Icon = KIND_ICONS[kind];
  return (
    <Card flush>
      <h3>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={body}
          onClick={onToggle}
          className="focus-inset flex w-full flex-wrap items-center gap-x-2.5 gap-y-1 rounded px-4 py-3 text-left hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            className={clsx("size-4 shrink-0 text-muted transition-transform", open && "rotate-90")}
          />
          <Icon aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="font-medium">{label}</span>
          {invalid > 0 ? <Badge tone="bad">{restrictionsText.rows.toFix(invalid)}</Badge> : null}
          <span className="ml-auto text-sm text-muted">
            {count === 0 ? empty : restrictionsText.rows.entries(count)}
          </span>
        </button>
      </h3>
      <div id={body} hidden={!open} className="grid gap-4 border-t border-border px-4 py-4">
        {children}
      </div>
    </Card>
  );
}
