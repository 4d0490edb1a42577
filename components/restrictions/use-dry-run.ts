"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { DryRun } from "#domain/keys/restrictions/schema.ts";
import { postJson, shouldRetry } from "./post-json.ts";
import { useDebounced } from "./use-debounced.ts";

/** Longer than for the tester, because a dry run reads days of traffic. */
const TYPING_MS = 300;

export const DRY_RUN_DAYS = [1, 7, 30] as const;
export type DryRunDays = (typeof DRY_RUN_DAYS)[number];

/** The impact of `restrictions` on the requests of the last days, requested only while `wanted`. */
export function useDryRun(
  subject: { projectId: string; id: string },
  restrictions: Restrictions,
  days: DryRunDays,
  wanted: boolean,
) {
  const request = { restrictions, days };
  const key = JSON.stringify(request);
  const debounced = useDebounced(request, key, TYPING_MS);
  const query = useQuery({
    queryKey: ["dry-run", subject.id, debounced],
    queryFn: async ({ signal }) => ({
      days: debounced.days,
      run: await postJson<DryRun>(
        `/projects/${subject.projectId}/keys/${subject.id}/dry-run`,
        debounced,
        signal,
      ),
    }),
    enabled: wanted,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    retry: shouldRetry,
  });
  return { ...query, stale: query.isPlaceholderData || JSON.stringify(debounced) !== key };
}
