import { useQuery } from "@tanstack/react-query";
import type { Rotation } from "#domain/keys/rotation/schema.ts";

export const ROTATION_REFRESH_MS = 5_000;

/** The rotation in progress, refreshed while the page is visible; null once the overlap has ended. */
export function useRotation(subject: { projectId: string; id: string }, initial: Rotation) {
  return useQuery({
    queryKey: ["rotation", subject.id, initial.older.id, initial.older.lapsesAt],
    queryFn: ({ signal }) =>
      fetchRotation(`/projects/${subject.projectId}/keys/${subject.id}/rotation`, signal),
    initialData: initial,
    staleTime: ROTATION_REFRESH_MS,
    refetchInterval: ROTATION_REFRESH_MS,
    retry: 1,
  });
}

async function fetchRotation(href: string, signal: AbortSignal): Promise<Rotation | null> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`the rotation answered ${response.status}`);
  return ((await response.json()) as { rotation: Rotation | null }).rotation;
}
