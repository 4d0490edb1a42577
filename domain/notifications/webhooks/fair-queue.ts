/** A project has so many of a portal's places at most: all its receivers may be slow. */
const PLACES_EACH = 2;

/** A webhook that something is due to. */
export interface Waiting {
  webhookId: string;
  projectId: string;
}

/**
 * Whose turn is next: the project's that had one least recently, and of its webhooks that one's. How much waits
 * for it, and since when, gains nobody a turn. `lastTurns` are numbers that grow, by project and by webhook.
 */
export function nextTurn(
  waiting: Waiting[],
  underWay: Waiting[],
  lastTurns: ReadonlyMap<string, number>,
): Waiting | undefined {
  const last = (id: string) => lastTurns.get(id) ?? 0;
  return (
    waiting
      .filter((one) => hasPlace(one, underWay))
      // Equals stay in the order they came in.
      .sort((a, b) => last(a.projectId) - last(b.projectId) || last(a.webhookId) - last(b.webhookId))[0]
  );
}

function hasPlace({ webhookId, projectId }: Waiting, underWay: Waiting[]): boolean {
  const ofProject = underWay.filter((one) => one.projectId === projectId);
  return ofProject.length < PLACES_EACH && ofProject.every((one) => one.webhookId !== webhookId);
}
