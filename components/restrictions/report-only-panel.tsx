"use client";

import { FlaskConical } from "lucide-react";
import type { ReactNode } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Key } from "#domain/keys/schema.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { UpdatingStatus } from "../usage/updating-status.tsx";
import type { RestrictionActions } from "./actions.ts";
import { ReportOnlyChart } from "./report-only-chart.tsx";
import { reportOnlyText } from "./text.ts";
import { TrialRefusals } from "./trial-refusals.tsx";
import { REPORT_ONLY_REFRESH_MS, type ReportOnlyData, useReportOnly } from "./use-report-only.ts";

interface TrialPanelProps {
  subject: Pick<Key, "id" | "projectId" | "name">;
  trial: Restrictions;
  /** ISO 8601. */
  since: string;
  initial: ReportOnlyData;
  /** Null for those who may only look. */
  update: RestrictionActions["update"] | null;
  /** The set itself, as it is saved. */
  children: ReactNode;
}

/** A set that is judged and not enforced: what it would have refused so far, and its two ways out. */
export function ReportOnlyPanel({ subject, trial, since, initial, update, children }: TrialPanelProps) {
  const { data, isError } = useReportOnly(subject, initial);
  const { trial: counted, refusals, atMs } = data;
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const base = `/projects/${subject.projectId}/keys/${subject.id}`;
  const words = reportOnlyText(counted.judged, counted.wouldRefuse);
  return (
    <Card className="grid gap-5 border-accent/50">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid gap-0.5">
          <h3 className="flex items-center gap-2 font-semibold">
            <FlaskConical aria-hidden className="size-4 text-accent" />
            Being tried
            <span className="font-normal text-muted">
              since <RelativeTime at={since} />
            </span>
          </h3>
          <p role="status" className="font-medium">
            {words}
          </p>
          <p className="text-sm text-muted">
            It refuses nothing. Only calls that really passed are judged by it.
            {counted.countedFrom && counted.countedFrom > since
              ? " Only the last 100 days are counted: what came before is no longer kept."
              : null}
          </p>
        </div>
        {update ? (
          <div className="flex flex-wrap gap-2">
            <ConfirmButton
              label="Enforce it"
              variant="primary"
              title={`Enforce the tried restrictions on ${subject.name}?`}
              confirm="Enforce"
              harmless={counted.judged > 0 && counted.wouldRefuse === 0}
              action={() => update({ ...ref, restrictions: trial, trial: null, expected: { trial } })}
            >
              <p className="font-medium text-ink">{words}</p>
              <p>From now on such calls are refused everywhere within a second. The trial ends with it.</p>
            </ConfirmButton>
            <ButtonLink href={`${base}?tab=restrictions&from=trial#draft`} scroll={false} prefetch={false}>
              Change it
            </ButtonLink>
            <ConfirmButton
              label="Drop it"
              title={`Drop the trial on ${subject.name}?`}
              confirm="Drop the trial"
              action={() => update({ ...ref, trial: null })}
            >
              <p>The set and what it has counted go. What is enforced stays as it is.</p>
            </ConfirmButton>
          </div>
        ) : null}
      </div>
      {children}
      {counted.judged > 0 ? (
        <ReportOnlyChart trial={counted} since={counted.countedFrom ?? since} atMs={atMs} />
      ) : null}
      {refusals.length > 0 ? (
        <div className="grid gap-2">
          <h4 className="text-sm font-medium">Latest calls that would have been refused</h4>
          <TrialRefusals refusals={refusals} base={update ? base : null} />
        </div>
      ) : null}
      <UpdatingStatus failing={isError} refreshMs={REPORT_ONLY_REFRESH_MS} />
    </Card>
  );
}
