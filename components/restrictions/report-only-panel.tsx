"use client";

import { FlaskConical } from "lucide-react";
import type { ReactNode } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Key } from "#domain/keys/schema.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { OngoingPanel } from "../keys/ongoing-panel.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { reportOnlyText } from "./effect-text.ts";
import { ReportOnlyChart } from "./report-only-chart.tsx";
import { restrictionsText } from "./text.ts";
import type { RestrictionActions } from "./types.ts";
import {
  REPORT_ONLY_REFRESH_MS,
  type ReportOnlyData,
  type ReportOnlyDenial,
  useReportOnly,
} from "./use-report-only.ts";

const TEXT = restrictionsText.reportOnly;

interface ReportOnlyPanelProps {
  subject: Pick<Key, "id" | "projectId" | "name">;
  trial: Restrictions;
  /** ISO 8601. */
  since: string;
  initial: ReportOnlyData;
  /** Null for viewers. */
  update: RestrictionActions["update"] | null;
  /** The restrictions themselves. */
  children: ReactNode;
}

/** Report-only restrictions: what they would have denied so far, and the buttons that enforce or remove them. */
export function ReportOnlyPanel({ subject, trial, since, initial, update, children }: ReportOnlyPanelProps) {
  const { data, isError } = useReportOnly(subject, initial);
  const { counts, denials, atMs } = data;
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const base = `/projects/${subject.projectId}/keys/${subject.id}`;
  const impact = reportOnlyText(counts.judged, counts.wouldRefuse);
  return (
    <OngoingPanel
      icon={FlaskConical}
      tone="accent"
      title={TEXT.title}
      sinceWord={TEXT.since}
      since={since}
      state={
        <>
          <p role="status" className="font-medium">
            {impact}
          </p>
          <p className="text-sm text-muted">
            {TEXT.body}
            {counts.countedFrom && counts.countedFrom > since ? TEXT.truncated : null}
          </p>
        </>
      }
      actions={
        update ? (
          <>
            <ConfirmButton
              label={TEXT.enforce}
              variant="primary"
              title={TEXT.enforceTitle(subject.name)}
              confirm={TEXT.enforceConfirm}
              harmless={counts.judged > 0 && counts.wouldRefuse === 0}
              action={() => update({ ...ref, restrictions: trial, trial: null, expected: { trial } })}
            >
              <p className="font-medium text-ink">{impact}</p>
              <p>{TEXT.enforceBody}</p>
            </ConfirmButton>
            <ButtonLink href={`${base}?tab=restrictions&from=trial#draft`} scroll={false}>
              {TEXT.edit}
            </ButtonLink>
            <ConfirmButton
              label={`${TEXT.stop}…`}
              title={TEXT.stopTitle(subject.name)}
              confirm={TEXT.stop}
              action={() => update({ ...ref, trial: null })}
            >
              <p>{TEXT.stopBody}</p>
            </ConfirmButton>
          </>
        ) : null
      }
      refresh={{ isFailing: isError, everyMs: REPORT_ONLY_REFRESH_MS }}
    >
      {children}
      {counts.judged > 0 ? (
        <ReportOnlyChart counts={counts} since={counts.countedFrom ?? since} atMs={atMs} />
      ) : null}
      {denials.length > 0 ? (
        <div className="grid gap-2">
          <h4 className="text-sm font-medium">{TEXT.latest}</h4>
          <LatestDenials denials={denials} base={update ? base : null} />
        </div>
      ) : null}
    </OngoingPanel>
  );
}

interface LatestDenialsProps {
  denials: ReportOnlyDenial[];
  /** The page that remedies open; null for viewers. */
  base: string | null;
}

/** The latest requests that would have been denied, with links that allow them. */
function LatestDenials({ denials, base }: LatestDenialsProps) {
  return (
    <ul aria-label={TEXT.latest} className="divide-y divide-border border-y border-border text-sm">
      {denials.map((denial) => (
        <li key={denial.id} className="flex flex-wrap items-center gap-x-6 gap-y-1.5 py-2">
          <span className="w-28 text-muted">
            <RelativeTime at={denial.time} />
          </span>
          <div className="min-w-0 flex-1 basis-64">
            <p className="flex flex-wrap gap-x-3 font-mono text-xs">
              {denial.code}
              <span className="text-muted">{denial.operation ?? denial.api}</span>
            </p>
            <p>{denial.words}</p>
            {denial.noRemedy ? <p className="text-muted">{denial.noRemedy}</p> : null}
          </div>
          {base && denial.remedy ? (
            <ButtonLink
              size="sm"
              scroll={false}
              href={`${base}?tab=restrictions&from=trial&${denial.remedy.query}#draft`}
              className="max-w-full"
            >
              <span className="truncate">{denial.remedy.label}</span>
            </ButtonLink>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
