import type { Denial } from "#domain/keys/denials/schema.ts";

export interface DenialGroup {
  /** The newest. */
  item: Denial;
  count: number;
  /** The time of the oldest. */
  since: string;
}

/** Joins denied requests that differ only in their time. `items` are the newest first, and so are the groups. */
export function groupDenials(items: readonly Denial[]): DenialGroup[] {
  const groups = new Map<string, DenialGroup>();
  for (const item of items) {
    const { id: _, time, ...same } = item;
    const name = JSON.stringify(same);
    const group = groups.get(name);
    if (group) Object.assign(group, { count: group.count + 1, since: time });
    else groups.set(name, { item, count: 1, since: time });
  }
  return [...groups.values()];
}
