/** How many of a portal's slots one project may use: all its receivers may be slow. */
const PLACES_EACH = 2;

/** A webhook with a due delivery. */
export interface Waiting {
  webhookId: string;
  /** Its project, or the site. */
  holderId: string;
}

/**
 * Picks the next webhook: of the project that was served least recently, the webhook that was. The number and age of
 * waiting deliveries make no difference. `lastTurns` are increasing numbers, by project and by webhook.
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
      // A stable sort: equal ones keep their order.
      .sort((a, b) => last(a.holderId) - last(b.holderId) || last(a.webhookId) - last(b.webhookId))[0]
  );
}

function hasPlace({ webhookId, holderId }: Waiting, underWay: Waiting[]): boolean {
  const ofProject = underWay.filter((one) => one.holderId === holderId);
  return ofProject.length < PLACES_EACH && ofProject.every((one) => one.webhookId !== webhookId);
}
