"use client";

import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { DryRun } from "#domain/keys/restrictions/schema.ts";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { dryRunText, newlyAllowedText } from "./effect-text.ts";
import { restrictionsText } from "./text.ts";
import { DRY_RUN_DAYS, type DryRunDays } from "./use-dry-run.ts";

const TEXT = restrictionsText.impact;

const DryRunTable = lazyInBrowser(() => import("./dry-run-table.tsx").then((module) => module.DryRunTable));

interface DryRunViewProps {
  data: { days: DryRunDays; run: DryRun } | undefined;
  error: Error | null;
  /** The result of an earlier draft or another range. */
  stale: boolean;
  days: DryRunDays;
  onDays: (days: DryRunDays) => void;
}

const RANGES = DRY_RUN_DAYS.map((days) => ({
  value: String(days),
  label: days === 1 ? TEXT.today : TEXT.lastDays(days),
}));

/** The draft's impact on recent traffic: a sentence, and details by kind. */
export function DryRunView({ data, error, stale, days, onDays }: DryRunViewProps) {
  const [open, setOpen] = useState(false);
  const details = useId();
  const newlyAllowed = data ? newlyAllowedText(data.run.recentRefusals) : "";
  const denies = (data?.run.newlyRefused.atMost ?? 0) > 0;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h3 className="font-medium">{TEXT.title}</h3>
        <SegmentedControl
          label={TEXT.days}
          options={RANGES}
          value={String(days)}
          onChange={(value) => onDays(DRY_RUN_DAYS.find((each) => String(each) === value) ?? 7)}
        />
      </div>
      <div role="status" className={clsx("grid gap-1 transition-opacity", stale && "opacity-60")}>
        {error ? (
          <p className="text-sm font-medium text-bad">{error.message}</p>
        ) : data ? (
          <>
            <p className={clsx("font-medium", denies && "text-attention")}>
              {dryRunText(data.run, data.days)}
            </p>
            {newlyAllowed ? <p className="text-sm text-muted">{newlyAllowed}</p> : null}
          </>
        ) : (
          <Skeleton className="h-5.5 w-96 max-w-full" />
        )}
      </div>
      {data && denies ? (
        <>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={details}
            onClick={() => setOpen(!open)}
            className="inline-flex w-fit items-center gap-1 rounded text-sm font-medium text-accent hover:underline"
          >
            <ChevronRight aria-hidden className={clsx("size-4 transition-transform", open && "rotate-90")} />
            {TEXT.details}
          </button>
          <div
            id={details}
            hidden={!open}
            className={clsx("grid gap-4 transition-opacity", stale && "opacity-60")}
          >
            {open ? <DryRunTable run={data.run} /> : null}
          </div>
        </>
      ) : null}
    </div>
  );
}
