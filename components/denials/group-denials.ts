import type { Denial } from "#domain/keys/denials/schema.ts";

export interface DenialGroup {
  /** The newest. */
  item: Denial;
  count: number;
  /** The time of the oldest. */
  since: string;
}

/**
 * Joins denied requests of a key with the same reason, observed values and fix. They may differ in what the reason does
 * not depend on, such as the operation of an API that is not enabled. `items` are the newest first, and so are the groups.
 */
export function groupDenials(items: readonly Denial[]): DenialGroup[] {
  const groups = new Map<string, DenialGroup>();
  for (const item of items) {
    const { keyId, environment, code, api, observed, words, remedy, noRemedy, time } = item;
    const name = JSON.stringify([keyId, environment, code, api, observed, words, remedy, noRemedy]);
    const group = groups.get(name);
    if (group) Object.assign(group, { count: group.count + 1, since: time });
    else groups.set(name, { item, count: 1, since: time });
  }
  return [...groups.values()];
}
