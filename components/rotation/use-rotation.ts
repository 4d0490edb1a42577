import type { Rotation } from "#domain/keys/rotation/schema.ts";
import { useServerData } from "../ui/use-server-data.ts";

export const ROTATION_REFRESH_MS = 5_000;

/** The rotation in progress, refreshed while the page is visible; null once the overlap has ended. */
export function useRotation(subject: { projectId: string; id: string }, initial: Rotation) {
  const href = `/projects/${subject.projectId}/keys/${subject.id}/rotation`;
  return useServerData<Rotation | null>({
    href,
    initial: { href, data: initial },
    everyMs: ROTATION_REFRESH_MS,
    select: (answer) => (answer as { rotation: Rotation | null }).rotation,
  });
}
