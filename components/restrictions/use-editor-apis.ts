"use client";

import { useQuery } from "@tanstack/react-query";
import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";

/** The project's APIs. Their operations are loaded after their names. */
export function useEditorApis(projectId: string, named: { slug: string; name: string }[]): EnabledApi[] {
  const { data } = useQuery({
    queryKey: ["editor-apis", projectId],
    queryFn: ({ signal }) => readApis(`/projects/${projectId}/keys/apis`, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 2,
  });
  return (
    data ??
    named.map(({ slug, name }) => ({
      slug,
      name,
      operations: [],
      scopes: [],
      readOnly: null,
      complete: true,
    }))
  );
}

async function readApis(href: string, signal: AbortSignal): Promise<EnabledApi[]> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`the project's APIs answered ${response.status}`);
  return (await response.json()) as EnabledApi[];
}
