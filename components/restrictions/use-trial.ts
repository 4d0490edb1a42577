"use client";

import { useQuery } from "@tanstack/react-query";
import type { Denial } from "#domain/keys/denials/types.ts";
import type { TrialResult } from "#domain/keys/restrictions/types.ts";

/** A call that a trial would have refused, as far as the panel shows it. */
export type TrialRefusal = Pick<
  Denial,
  "id" | "time" | "code" | "api" | "operation" | "words" | "remedy" | "noRemedy"
>;

/** What the trial panel shows at one moment. */
export interface TrialData {
  trial: TrialResult;
  /** The newest first. */
  refusals: TrialRefusal[];
  /** Epoch ms by the server's clock. */
  atMs: number;
}

export const TRIAL_REFRESH_MS = 10_000;

/** What a trial has counted, read again and again while the page is in sight. */
export function useTrial(subject: { projectId: string; id: string }, initial: TrialData) {
  return useQuery({
    queryKey: ["trial", subject.id, initial.trial.since],
    queryFn: ({ signal }) => readTrial(`/projects/${subject.projectId}/keys/${subject.id}/trial`, signal),
    initialData: initial,
    initialDataUpdatedAt: initial.atMs,
    staleTime: TRIAL_REFRESH_MS,
    refetchInterval: TRIAL_REFRESH_MS,
    retry: 1,
  });
}

async function readTrial(href: string, signal: AbortSignal): Promise<TrialData> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`the trial answered ${response.status}`);
  return (await response.json()) as TrialData;
}
