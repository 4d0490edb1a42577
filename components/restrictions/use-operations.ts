"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { FoundOperations } from "#domain/catalog/apis/schema.ts";
import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import { readJson } from "../ui/read-json.ts";

type Operations = Pick<EnabledApi, "operations"> & { more: boolean };

/**
 * The operations of an API whose name contains `search`. For an API with too many operations for the page, the portal
 * searches; ticked operations then come first.
 */
export function useOperations(
  projectId: string,
  { slug, operations, complete }: EnabledApi,
  ticked: readonly string[],
  search: string,
): Operations {
  const deferred = useDeferredValue(search);
  const { data } = useQuery({
    queryKey: ["operations", slug, deferred],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ api: slug, search: deferred });
      return readJson<FoundOperations>(`/projects/${projectId}/keys/apis?${query}`, signal);
    },
    enabled: !complete,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const matches = ({ name }: { name: string }) => name.toLowerCase().includes(search);
  if (complete) return { operations: operations.filter(matches), more: false };
  const chosen = ticked.map((name) => ({ name, summary: null })).filter(matches);
  const found = (data?.items ?? []).filter((one) => matches(one) && !ticked.includes(one.name));
  return { operations: [...chosen, ...found], more: data?.more ?? true };
}
