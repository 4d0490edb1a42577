"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { cx } from "../ui/cx.ts";
import { formatNumber } from "../ui/format.ts";
import { KIND_ICONS } from "./kind-icons.ts";
import { KINDS, type KindCard } from "./kinds.ts";

interface KindSectionProps {
  kind: KindCard;
  /** How many entries it has. */
  count: number;
  /** How many of them can't be saved. */
  wrong: number;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** One kind of restriction, folded away until it is wanted. */
export function KindSection({ kind, count, wrong, open, onToggle, children }: KindSectionProps) {
  const body = useId();
  const { label, empty } = KINDS[kind];
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
            className={cx("size-4 shrink-0 text-muted transition-transform", open && "rotate-90")}
          />
          <Icon aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="font-medium">{label}</span>
          {wrong > 0 ? <Badge tone="bad">{formatNumber(wrong)} to fix</Badge> : null}
          <span className="ml-auto text-sm text-muted">
            {count === 0 ? empty : `${formatNumber(count)} ${count === 1 ? "entry" : "entries"}`}
          </span>
        </button>
      </h3>
      <div id={body} hidden={!open} className="grid gap-4 border-t border-border px-4 py-4">
        {children}
      </div>
    </Card>
  );
}
