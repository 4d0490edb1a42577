/** How many of a portal's slots one project may use: all its receivers may be slow. */
const SLOTS_EACH = 2;

/** A webhook with a due delivery. */
export interface WaitingWebhook {
  webhookId: string;
  /** Its project, or the site. */
  ownerId: string;
}

/**
 * Picks the next webhook: of the project that was served least recently, the webhook that was. The number and age of
 * waiting deliveries make no difference. `lastServed` are increasing numbers, by project and by webhook.
 */
export function nextWebhook(
  waiting: WaitingWebhook[],
  sending: WaitingWebhook[],
  lastServed: ReadonlyMap<string, number>,
): WaitingWebhook | undefined {
  const last = (id: string) => lastServed.get(id) ?? 0;
  return (
    waiting
      .filter((one) => hasSlot(one, sending))
      // A stable sort: equal ones keep their order.
      .sort((a, b) => last(a.ownerId) - last(b.ownerId) || last(a.webhookId) - last(b.webhookId))[0]
  );
}

function hasSlot({ webhookId, ownerId }: WaitingWebhook, sending: WaitingWebhook[]): boolean {
  const running = sending.filter((one) => one.ownerId === ownerId);
  return running.length < SLOTS_EACH && running.every((one) => one.webhookId !== webhookId);
}
