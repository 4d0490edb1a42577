"use client";

import { useQuery } from "@tanstack/react-query";
import type { Denial } from "#domain/keys/denials/schema.ts";
import type { ReportOnlyCounts } from "#domain/keys/restrictions/schema.ts";
import { readJson } from "../ui/read-json.ts";

/** A request that report-only restrictions would have denied. */
export type ReportOnlyDenial = Pick<
  Denial,
  "id" | "time" | "code" | "api" | "operation" | "words" | "remedy" | "noRemedy"
>;

/** What the report-only panel shows at one moment. */
export interface ReportOnlyData {
  counts: ReportOnlyCounts;
  /** The newest first. */
  denials: ReportOnlyDenial[];
  /** Epoch ms by the server's clock. */
  atMs: number;
}

export const REPORT_ONLY_REFRESH_MS = 10_000;

/** The counts of report-only restrictions, refreshed while the page is visible. */
export function useReportOnly(subject: { projectId: string; id: string }, initial: ReportOnlyData) {
  return useQuery({
    queryKey: ["report-only", subject.id, initial.counts.since],
    queryFn: ({ signal }) =>
      readJson<ReportOnlyData>(`/projects/${subject.projectId}/keys/${subject.id}/report-only`, signal),
    initialData: initial,
    initialDataUpdatedAt: initial.atMs,
    staleTime: REPORT_ONLY_REFRESH_MS,
    refetchInterval: REPORT_ONLY_REFRESH_MS,
    retry: 1,
  });
}
