"use client";

import { useQuery } from "@tanstack/react-query";
import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import { readJson } from "../ui/read-json.ts";

/** The project's APIs. Their operations are loaded after their names. */
export function useEditorApis(projectId: string, named: { slug: string; name: string }[]): EnabledApi[] {
  const { data } = useQuery({
    queryKey: ["editor-apis", projectId],
    queryFn: ({ signal }) => readJson<EnabledApi[]>(`/projects/${projectId}/keys/apis`, signal),
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
