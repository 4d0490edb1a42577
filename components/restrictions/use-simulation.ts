"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Restrictions } from "#core/restrictions/types.ts";
import { postJson, shouldRetry } from "./post-json.ts";
import { callOf, type TestCall } from "./test-call.ts";
import type { Simulation } from "./types.ts";
import { useDebounced } from "./use-debounced.ts";

const TYPING_MS = 150;

/** The simulated verdict for `restrictions` and a call, requested again when either changes. Does not count as usage. */
export function useSimulation(href: string, call: TestCall, restrictions: Restrictions) {
  const request = { ...callOf(call), restrictions };
  const key = JSON.stringify(request);
  const debounced = useDebounced(request, key, TYPING_MS);
  const query = useQuery({
    queryKey: ["simulate", href, debounced],
    queryFn: ({ signal }) => postJson<Simulation>(href, debounced, signal),
    enabled: debounced.api !== "",
    placeholderData: keepPreviousData,
    retry: shouldRetry,
  });
  return { ...query, stale: query.isPlaceholderData || JSON.stringify(debounced) !== key };
}
